package org.sslam.train.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.sslam.SslamFixtures;

/** All assignments of vectors to sources, and the best of each clip. */
class MixItGoldenTest {
    @Test
    void assignmentsAndMinimum() {
        Torch.start();
        Fixture fixture = Golden.fixture("sslam", "mixit");
        float tolerance = (float) fixture.tolerance("abs", 1e-5);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray errors = MixItLoss.assignments(
                    new ScriptOps(Precision.FP32),
                    SslamFixtures.array(manager, fixture, "y"),
                    SslamFixtures.array(manager, fixture, "z1"),
                    SslamFixtures.array(manager, fixture, "z2"));
            assertEquals(fixture.config().get("K").asInt(), fixture.shape("y")[1]);
            assertArrayEquals(fixture.floats("all_assignments"), errors.toFloatArray(), tolerance);
            assertArrayEquals(
                    fixture.floats("loss_per_sample"), MixItLoss.minimum(errors).toFloatArray(), tolerance);
            assertArrayEquals(fixture.longs("argmin"), errors.argMin(1).toLongArray());
        }
    }
}
