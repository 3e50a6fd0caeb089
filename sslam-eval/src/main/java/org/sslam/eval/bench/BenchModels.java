package org.sslam.eval.bench;

import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;

/** Network sizes of the timed jobs. */
final class BenchModels {
    private static final int POSITION_STEPS = 64;

    private BenchModels() {}

    static SslamConfig config(BenchOptions.Size size) {
        return new SslamConfig(
                size.dim(),
                size.depth(),
                size.heads(),
                4,
                16,
                POSITION_STEPS,
                1e-6,
                new DecoderConfig(size.dim(), 16, 3, 6, 0.01, 1e-5));
    }
}
