package org.sslam.models.mwmae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** From a waveform to timestamp and scene embeddings, and a clip of whole chunks, against the public routine. */
class ChunkEmbeddingGoldenTest {
    private final Fixture fixture = Golden.fixture("mwmae", "logmel_hear");
    private final Fixture network = Golden.fixture("mwmae", "model_mwmae_200x80");

    @BeforeAll
    static void start() {
        Torch.start();
    }

    private FrontEndConfig frontEnd() {
        JsonNode c = fixture.config();
        int rateHz = c.get("sr").asInt();
        return new FrontEndConfig(
                FrontEndKind.TORCHAUDIO,
                rateHz,
                c.get("mels").asInt(),
                c.get("unit_frames").asInt(),
                0,
                1,
                LengthPolicy.RANDOM_CROP,
                1e3 * c.get("win").asInt() / rateHz,
                1e3 * c.get("hop").asInt() / rateHz,
                c.get("fmin").asDouble(),
                c.get("fmax").asDouble(),
                false,
                false,
                AugmentConfig.standard());
    }

    private ChunkEmbedding embedding(NDManager manager, int chunksAtOnce) {
        return new ChunkEmbedding(
                MwmaeFixtures.model(manager, network).encoder(),
                frontEnd(),
                new ScriptOps(Precision.FP32),
                chunksAtOnce);
    }

    @Test
    void waveform() {
        for (int chunksAtOnce : new int[] {1, 8}) {
            try (NDManager manager = NDManager.newBaseManager()) {
                ChunkEmbedding.Rows rows = embedding(manager, chunksAtOnce).ofWave(manager, fixture.floats("waveform"));
                Near.check(fixture, "embeddings", new long[] {rows.steps(), rows.width()}, rows.rowsTE());
                Near.check(fixture, "scene", rows.scene());
                float[] times = new float[rows.steps()];
                for (int i = 0; i < times.length; i++) {
                    times[i] = (float) (i * rows.stepMs());
                }
                Near.check(fixture, "timestamps_ms", times);
            }
        }
    }

    @Test
    void aClipOfWholeChunks() {
        JsonNode value = fixture.index().get("values").get("lms2");
        JsonNode c = fixture.config();
        long samples = fixture.shape("lms2")[0] * c.get("hop").asLong();
        try (NDManager manager = NDManager.newBaseManager()) {
            ChunkEmbedding.Rows rows = embedding(manager, 2).ofStandardized(manager, fixture.floats("lms2"), samples);
            assertEquals(value.get("timestamps").asInt(), rows.steps());
            assertEquals(1e3 * samples / c.get("sr").asInt(), rows.steps() * rows.stepMs(), 1e-6, "time of all steps");
            Near.check(fixture, "scene2", rows.scene());
        }
    }

    @Test
    void tooShortASoundIsRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ChunkEmbedding embedding = embedding(manager, 1);
            int window = fixture.config().get("win").asInt();
            assertThrows(IllegalArgumentException.class, () -> embedding.ofWave(manager, new float[window / 2]));
            assertEquals(1, embedding.ofWave(manager, new float[window + window / 5]).steps());
        }
    }
}
