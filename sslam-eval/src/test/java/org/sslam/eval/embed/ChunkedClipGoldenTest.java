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
import org.sslam.audio.feature.FrontEndConfig;
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
    private static final int RATE = 16_000;
    private static final EmbedOptions OPTIONS = EmbedOptions.standard().withThreads(1);

    private final Fixture fixture = Golden.fixture("mwmae", "logmel_hear");
    private final Fixture network = Golden.fixture("mwmae", "model_mwmae_200x80");

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        Torch.start(1);
    }

    private Path encoder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            MwmaeFiles.save(
                    folder.resolve("encoder"),
                    MwmaeFixtures.model(manager, network).encoder(),
                    FrontEndConfig.mwmae());
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
                Near.check(fixture, "scene", embedder.embed(wave, RATE));
                FrameSequence frames = embedder.frames(wave, RATE);
                Near.check(fixture, "embeddings", new long[] {frames.steps(), frames.width()}, frames.valuesTD());
                float[] times = new float[frames.steps()];
                for (int i = 0; i < times.length; i++) {
                    times[i] = (float) (1e3 * frames.timeSeconds(i));
                }
                Near.check(fixture, "timestamps_ms", times);
                assertEquals(embedder.width(), embedder.embed(wave, RATE).length);
                assertEquals(embedder.frameWidth(), frames.width());
            }
        }
    }

    @Test
    void aClipOfWholeChunks() {
        JsonNode value = fixture.index().get("values").get("lms2");
        try (Embedder embedder = embedder(OPTIONS)) {
            ChunkedClip clip = new ChunkedClip(fixture.floats("lms2"), 4, embedder.plan());
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
                                    MwmaeFixtures.model(manager, network).encoder(), FrontEndConfig.mwmae()),
                            embedder.layer(),
                            new ScriptOps(Precision.FP32),
                            manager)) {
                for (Window window : windows) {
                    mean.add(
                            window,
                            pass.run(new float[][] {window.melTF()}, window.frames(), embedder.vectorHead())[0]);
                }
            }
            Near.check(fixture, "scene2", mean.result());
        }
    }

    /** A sound of another rate and one of a few frames; too few samples for a frame are refused by name. */
    @Test
    void anyLength() {
        try (Embedder embedder = embedder(OPTIONS)) {
            assertEquals(1, embedder.frames(new float[480], RATE).steps());
            assertEquals(embedder.width(), embedder.embed(TestEncoders.sound(3.3, 44_100, 1), 44_100).length);
            UserException refusal = assertThrows(UserException.class, () -> embedder.embed(new float[150], RATE));
            assertTrue(refusal.getMessage().contains("shorter than one analysis frame"), refusal.getMessage());
        }
    }

    @Test
    void poolingAndPolicy() {
        float[] sound = TestEncoders.sound(5, RATE, 2);
        try (Embedder rows = embedder(OPTIONS);
                Embedder mean = embedder(OPTIONS.withPooling(Pooling.MEAN))) {
            int width = mean.width();
            float[] wide = rows.embed(sound, RATE);
            float[] narrow = mean.embed(sound, RATE);
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
