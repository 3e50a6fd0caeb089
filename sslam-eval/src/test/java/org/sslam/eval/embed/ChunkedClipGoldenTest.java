package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.mwmae.MwmaeAudioEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.models.mwmae.MwmaeFixtures;

/** From a waveform to timestamp and scene embeddings, and a clip of whole chunks, against the public routine. */
class ChunkedClipGoldenTest {
    private static final EmbedOptions OPTIONS = EmbedOptions.standard().withThreads(1);

    private final Fixture fixture = Golden.fixture("mwmae", "logmel_hear");
    private final Fixture network = Golden.fixture("mwmae", "model_mwmae_200x80");
    private final JsonNode c = fixture.config();
    private final int rateHz = c.get("sr").asInt();
    private final int window = c.get("win").asInt();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        Torch.start(1);
    }

    private FrontEndConfig frontEnd() {
        return new FrontEndConfig(
                FrontEndKind.TORCHAUDIO,
                rateHz,
                c.get("mels").asInt(),
                c.get("unit_frames").asInt(),
                0,
                1,
                LengthPolicy.RANDOM_CROP,
                1e3 * window / rateHz,
                1e3 * c.get("hop").asInt() / rateHz,
                c.get("fmin").asDouble(),
                c.get("fmax").asDouble(),
                false,
                false,
                AugmentConfig.standard());
    }

    private Path encoder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            MwmaeFiles.save(
                    folder.resolve("encoder"),
                    MwmaeFixtures.model(manager, network).encoder(),
                    frontEnd());
        }
        return folder;
    }

    private Embedder embedder(EmbedOptions options) {
        return Embedder.load(encoder(), options);
    }

    @Test
    void sceneAndTimestamps() {
        for (int batch : new int[] {1, 8}) {
            try (Embedder embedder = embedder(OPTIONS.withBatchSize(batch).withRows(FrequencyRows.CONCAT))) {
                float[] wave = fixture.floats("waveform");
                Near.check(fixture, "scene", embedder.embed(wave, rateHz));
                FrameSequence frames = embedder.frames(wave, rateHz);
                Near.check(fixture, "embeddings", new long[] {frames.steps(), frames.width()}, frames.valuesTD());
                float[] times = new float[frames.steps()];
                for (int i = 0; i < times.length; i++) {
                    times[i] = (float) (1e3 * frames.timeSeconds(i));
                }
                Near.check(fixture, "timestamps_ms", times);
                assertEquals(embedder.width(), embedder.embed(wave, rateHz).length);
                assertEquals(embedder.frameWidth(), frames.width());
            }
        }
    }

    @Test
    void aClipOfWholeChunks() {
        JsonNode value = fixture.index().get("values").get("lms2");
        double seconds = (double) fixture.shape("lms2")[0] * c.get("hop").asInt() / rateHz;
        try (Embedder embedder = embedder(OPTIONS)) {
            ChunkedClip clip = new ChunkedClip(fixture.floats("lms2"), seconds, embedder.plan());
            assertEquals(seconds, value.get("timestamps").asInt() * clip.stepSeconds(), 1e-9, "time of all steps");
            List<Window> windows = new ArrayList<>();
            for (Optional<Window> next = clip.next(); next.isPresent(); next = clip.next()) {
                windows.add(next.get());
            }
            assertEquals(
                    value.get("timestamps").asInt(),
                    windows.stream().mapToInt(Window::steps).sum());
            Gather<float[]> mean = embedder.vectorMean();
            try (NDManager manager = NDManager.newBaseManager();
                    EncoderPass pass = new EncoderPass(
                            new MwmaeAudioEncoder(
                                    MwmaeFixtures.model(manager, network).encoder(), frontEnd()),
                            embedder.layer(),
                            new ScriptOps(Precision.FP32),
                            manager)) {
                for (Window part : windows) {
                    mean.add(part, pass.run(new float[][] {part.melTF()}, part.frames(), embedder.vectorHead())[0]);
                }
            }
            Near.check(fixture, "scene2", mean.result());
        }
    }

    /** A sound of another rate and one of a few frames; too few samples for a frame are refused by name. */
    @Test
    void anyLength() {
        try (Embedder embedder = embedder(OPTIONS)) {
            int samples = window + window / 5;
            int unit = c.get("unit_frames").asInt();
            int patch = network.config().get("patch_size").get(0).asInt();
            int frames = 1 + samples / c.get("hop").asInt();
            int trimmed = (unit - frames % unit) / patch;
            assertEquals(
                    unit / patch - trimmed,
                    embedder.frames(new float[samples], rateHz).steps());
            assertEquals(embedder.width(), embedder.embed(TestEncoders.sound(3.3, 44_100, 1), 44_100).length);
            UserException refusal =
                    assertThrows(UserException.class, () -> embedder.embed(new float[window / 4], rateHz));
            assertTrue(refusal.getMessage().contains("shorter than one analysis frame"), refusal.getMessage());
        }
    }

    @Test
    void poolingAndPolicy() {
        float[] sound = TestEncoders.sound(5, rateHz, 2);
        try (Embedder rows = embedder(OPTIONS);
                Embedder mean = embedder(OPTIONS.withPooling(Pooling.MEAN))) {
            int width = mean.width();
            float[] wide = rows.embed(sound, rateHz);
            float[] narrow = mean.embed(sound, rateHz);
            int bands = rows.width() / width;
            for (int d = 0; d < width; d++) {
                double sum = 0;
                for (int band = 0; band < bands; band++) {
                    sum += wide[band * width + d];
                }
                assertEquals(sum / bands, narrow[d], 1e-5);
            }
        }
        for (EmbedOptions options : List.of(
                OPTIONS.withPooling(Pooling.CLS),
                OPTIONS.withPooling(Pooling.BOTH),
                OPTIONS.withFit(ClipFit.PAD),
                OPTIONS.withFit(ClipFit.WHOLE),
                OPTIONS.withSlide(0.5))) {
            assertThrows(UserException.class, () -> embedder(options), options.toString());
        }
    }
}
