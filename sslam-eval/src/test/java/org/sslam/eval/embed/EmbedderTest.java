package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.core.UserException;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamAudioEncoder;
import org.sslam.models.sslam.SslamEncoder;

class EmbedderTest {
    private static final int DIM = TestEncoders.DIM;
    private static final int RATE = TestEncoders.RATE_HZ;
    private static final EmbedOptions OPTIONS = EmbedOptions.standard().withThreads(1);

    @TempDir
    private static Path folder;

    private static Path encoder;

    @BeforeAll
    static void write() {
        encoder = TestEncoders.save(folder.resolve("run").resolve("encoder"), 1);
    }

    private static float[] embed(EmbedOptions options, float[] sound) {
        try (Embedder embedder = Embedder.load(encoder, options)) {
            return embedder.embed(sound, RATE);
        }
    }

    /** Tokens after a layer, (1 + L, D), by the encoder itself. */
    private static float[] tokens(float[] sound, int layer) throws AudioException {
        FrontEnd frontEnd = new FrontEnd(TestEncoders.frontEnd());
        float[] mel = new float[frontEnd.outputSize()];
        frontEnd.melOf(frontEnd.waveform(new Waveform(sound, RATE)), false, null, mel, 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            SslamEncoder loaded = EncoderFiles.load(manager, encoder).encoder();
            return GradMode.off(() -> {
                NDArray x = Tensors.of(manager, mel, new Shape(1, 1, TestEncoders.FRAMES, TestEncoders.BINS));
                return loaded.features(new ScriptOps(Precision.FP32), x, layer).toFloatArray();
            });
        }
    }

    private static float[] meanOfRows(float[] values, int from, int rows) {
        float[] mean = new float[DIM];
        for (int r = from; r < from + rows; r++) {
            for (int i = 0; i < DIM; i++) {
                mean[i] += values[r * DIM + i] / rows;
            }
        }
        return mean;
    }

    @Test
    void poolingAndLayers() throws AudioException {
        float[] sound = TestEncoders.sound(0.6, RATE, 1);
        for (int layer = 1; layer <= TestEncoders.DEPTH; layer++) {
            float[] tokens = tokens(sound, layer);
            EmbedOptions options = OPTIONS.withLayer(layer);
            float[] cls = embed(options, sound);
            assertArrayEquals(Arrays.copyOf(tokens, DIM), cls);
            float[] mean = embed(options.withPooling(Pooling.MEAN), sound);
            assertArrayEquals(meanOfRows(tokens, 1, 32), mean, 1e-5f);
            float[] both = embed(options.withPooling(Pooling.BOTH), sound);
            assertArrayEquals(cls, Arrays.copyOf(both, DIM));
            assertArrayEquals(mean, Arrays.copyOfRange(both, DIM, 2 * DIM));
        }
        assertArrayEquals(embed(OPTIONS, sound), embed(OPTIONS.withLayer(TestEncoders.DEPTH), sound));
    }

    @Test
    void windowsAreAveraged() {
        float[] sound = TestEncoders.sound(3 * 0.64 + 0.015, RATE, 2);
        float[] slide = embed(OPTIONS, sound);
        double[] mean = new double[DIM];
        for (int w = 0; w < 3; w++) {
            int from = w * 64 * 160;
            float[] part = embed(OPTIONS.withFit(ClipFit.PAD), Arrays.copyOfRange(sound, from, from + 63 * 160 + 400));
            for (int i = 0; i < DIM; i++) {
                mean[i] += part[i] / 3.0;
            }
        }
        for (int i = 0; i < DIM; i++) {
            assertEquals(mean[i], slide[i], 1e-4);
        }
        assertFalse(Arrays.equals(slide, embed(OPTIONS.withFit(ClipFit.PAD), sound)));
        assertFalse(Arrays.equals(slide, embed(OPTIONS.withSlide(0.16), sound)));
    }

    @Test
    void framesFollowTime() throws AudioException {
        float[] sound = TestEncoders.sound(0.5, RATE, 3);
        float[] tokens = tokens(sound, TestEncoders.DEPTH);
        try (Embedder mean = Embedder.load(encoder, OPTIONS);
                Embedder concat = Embedder.load(encoder, OPTIONS.withRows(FrequencyRows.CONCAT))) {
            FrameSequence frames = mean.frames(sound, RATE);
            assertEquals(3, frames.steps(), "48 frames are 3 steps, padding is left out");
            assertEquals(DIM, frames.width());
            assertEquals(0.16, frames.hopSeconds(), 1e-12);
            assertEquals(0.32, frames.timeSeconds(2), 1e-12);
            FrameSequence wide = concat.frames(sound, RATE);
            assertEquals(8 * DIM, wide.width());
            assertEquals(8 * DIM, concat.frameWidth());
            for (int t = 0; t < 3; t++) {
                assertArrayEquals(meanOfRows(tokens, 1 + t * 8, 8), frames.step(t), 1e-5f);
                assertArrayEquals(Arrays.copyOfRange(tokens, (1 + t * 8) * DIM, (1 + (t + 1) * 8) * DIM), wide.step(t));
            }
        }
    }

    @Test
    void overlappingFramesAreAveraged() {
        float[] sound = TestEncoders.sound(1.0, RATE, 4);
        try (Embedder slide = Embedder.load(encoder, OPTIONS.withSlide(0.32));
                Embedder pad = Embedder.load(encoder, OPTIONS.withFit(ClipFit.PAD))) {
            FrameSequence frames = slide.frames(sound, RATE);
            assertEquals(7, frames.steps(), "98 frames");
            FrameSequence first = pad.frames(sound, RATE);
            FrameSequence second = pad.frames(Arrays.copyOfRange(sound, 32 * 160, sound.length), RATE);
            for (int i = 0; i < DIM; i++) {
                assertEquals(first.step(0)[i], frames.step(0)[i], 1e-4);
                assertEquals((first.step(2)[i] + second.step(0)[i]) / 2, frames.step(2)[i], 1e-4);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> frames.step(7));
        }
    }

    @Test
    void filesOfAnyRateAndSamplesInMemoryAgree() throws IOException {
        float[] sound = TestEncoders.sound(0.7, 44100, 5);
        Path file = TestEncoders.wav(folder.resolve("a.wav"), sound, 44100);
        try (Embedder embedder = Embedder.load(folder.resolve("run"), OPTIONS)) {
            float[] vector = embedder.embed(file);
            assertEquals(embedder.width(), vector.length);
            assertArrayEquals(vector, embedder.embed(sound, 44100));
            assertEquals("sslam", embedder.family());
            assertEquals(2, embedder.layer());
            assertEquals(64, embedder.sha256().length());
        }
    }

    @Test
    void listsKeepTheirOrderAndNameWhatIsBroken() throws IOException {
        List<float[]> sounds = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sounds.add(TestEncoders.sound(0.3 + 0.4 * i, RATE, i));
            files.add(TestEncoders.wav(folder.resolve("list-" + i + ".wav"), sounds.get(i), RATE));
        }
        try (Embedder embedder = Embedder.load(encoder, OPTIONS.withBatchSize(3))) {
            List<float[]> vectors = embedder.embed(files);
            for (int i = 0; i < 7; i++) {
                assertArrayEquals(embedder.embed(sounds.get(i), RATE), vectors.get(i), 1e-5f);
            }
            List<float[]> again = embedder.embed(sounds, RATE);
            for (int i = 0; i < 7; i++) {
                assertArrayEquals(vectors.get(i), again.get(i));
            }
            Files.write(files.get(4), new byte[10]);
            UserException refused = assertThrows(UserException.class, () -> embedder.embed(files));
            assertTrue(refused.getMessage().startsWith("cannot embed " + files.get(4) + ": "), refused.getMessage());
        }
        try (Embedder whole = Embedder.load(encoder, OPTIONS.withFit(ClipFit.WHOLE))) {
            List<float[]> three = sounds.subList(0, 3);
            List<float[]> vectors = whole.embed(three, RATE);
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(whole.embed(three.get(i), RATE), vectors.get(i), 1e-5f);
            }
        }
    }

    @Test
    void concurrentCallsGiveTheSameBits() throws Exception {
        List<float[]> sounds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sounds.add(TestEncoders.sound(0.4 + 0.3 * i, 16000 + 1000 * i, i));
        }
        try (Embedder embedder = Embedder.load(encoder, OPTIONS)) {
            List<float[]> expected = new ArrayList<>();
            for (int i = 0; i < sounds.size(); i++) {
                expected.add(embedder.embed(sounds.get(i), 16000 + 1000 * i));
            }
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<?>> calls = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int offset = t;
                calls.add(pool.submit(() -> {
                    for (int n = 0; n < 30; n++) {
                        int i = (n + offset) % sounds.size();
                        assertArrayEquals(expected.get(i), embedder.embed(sounds.get(i), 16000 + 1000 * i));
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            pool.shutdown();
        }
    }

    @Test
    void nothingOutlivesACall() {
        Torch.start(1);
        NDManager root = NDManager.newBaseManager();
        try (EncoderPass pass = new EncoderPass(
                new SslamAudioEncoder(TestEncoders.encoder(root), TestEncoders.frontEnd()),
                1,
                new ScriptOps(Precision.FP32),
                root)) {
            float[][] mels = new float[3][TestEncoders.FRAMES * TestEncoders.BINS];
            pass.vectors(mels, TestEncoders.FRAMES, Pooling.BOTH);
            int before = root.getManagedArrays().size();
            for (int i = 0; i < 5; i++) {
                pass.vectors(mels, TestEncoders.FRAMES, Pooling.BOTH);
            }
            assertEquals(before, root.getManagedArrays().size());
            assertTrue(before > 0);
        }
    }

    @Test
    void whatCannotBeEmbeddedSaysWhyInOneLine() throws IOException {
        float[] broken = TestEncoders.sound(0.5, RATE, 1);
        broken[77] = Float.POSITIVE_INFINITY;
        Path text = Files.writeString(folder.resolve("text.ogg"), "no sound");
        try (Embedder embedder = Embedder.load(encoder, OPTIONS)) {
            assertEquals("cannot embed the samples: 0 samples", refusal(() -> embedder.embed(new float[0], RATE)));
            assertEquals(
                    "cannot embed the samples: sample 77 is infinite", refusal(() -> embedder.embed(broken, RATE)));
            assertTrue(refusal(() -> embedder.embed(new float[100], RATE)).contains("shorter than one analysis frame"));
            assertTrue(refusal(() -> embedder.embed(new float[100], 0)).contains("sample rate of 0 Hz"));
            assertTrue(refusal(() -> embedder.embed(folder.resolve("gone.wav"))).contains("no such file"));
            assertTrue(refusal(() -> embedder.embed(text)).contains("no known sound format"));
            assertTrue(refusal(() -> embedder.frames(folder)).contains("is a directory"));
        }
    }

    @Test
    void whatIsNoEncoderIsRefused() throws IOException {
        assertTrue(refusal(() -> Embedder.load(folder.resolve("nowhere"))).contains("does not exist"));
        assertTrue(refusal(() -> Embedder.load(folder)).contains("holds no encoder (no model.json)"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("model.json"), "{\"format\": \"something/2\"}");
        assertTrue(refusal(() -> Embedder.load(other)).contains("has format 'something/2', not "));
        Files.writeString(other.resolve("model.json"), "{\"format\"");
        assertTrue(refusal(() -> Embedder.load(other)).contains("does not describe an encoder"));
        assertTrue(refusal(() -> Embedder.load(encoder, OPTIONS.withLayer(3))).contains("layer 3 was asked for"));
        assertTrue(refusal(() -> Embedder.load(encoder, OPTIONS.withSlide(2))).contains("leaves gaps"));
        assertTrue(refusal(() -> Embedder.load(encoder, OPTIONS.withDevice("gpu77")))
                .contains("gpu77"));
    }

    @Test
    void damagedWeightsAreNamedNotPassedOn() {
        Torch.start(1);
        Path damaged = folder.resolve("damaged");
        try (NDManager manager = NDManager.newBaseManager()) {
            SslamEncoder bad = TestEncoders.encoder(manager);
            NDArray weight = bad.state().get("blocks.0.attn.proj.bias");
            weight.set(new NDIndex("0"), Float.NaN);
            EncoderFiles.save(damaged, bad, TestEncoders.frontEnd());
        }
        try (Embedder embedder = Embedder.load(damaged, OPTIONS)) {
            String message = refusal(() -> embedder.embed(TestEncoders.sound(0.5, RATE, 1), RATE));
            assertTrue(message.contains("are not finite (NaN)"), message);
        }
    }

    @Test
    void aClosedEmbedderSaysSo() {
        Embedder embedder = Embedder.load(encoder, OPTIONS);
        embedder.close();
        embedder.close();
        assertThrows(IllegalStateException.class, () -> embedder.embed(TestEncoders.sound(0.5, RATE, 1), RATE));
    }

    private static String refusal(Runnable call) {
        String message = assertThrows(UserException.class, call::run).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
