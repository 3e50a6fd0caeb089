package org.sslam.eval.bench;

import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;

/** Network sizes of the timed jobs, for ten-second clips: 64 x 8 patches. */
final class BenchModels {
    /** Patches of a clip. */
    static final int TOKENS = 512;
    /** Patches that a masked clone shows. */
    static final int VISIBLE = 102;
    /** Patches in mixed columns, 34 of 64. */
    static final int MIXED = 272;

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
