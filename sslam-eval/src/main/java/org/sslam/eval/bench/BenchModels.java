package org.sslam.eval.bench;

import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;

/** Sizes of the timed jobs: networks, and patches of 16 x 16 in clips of up to 1024 frames. */
final class BenchModels {
    /** Frames of a ten-second clip, the longest that has positions. */
    static final int FRAMES = 1024;

    private static final int PATCH = 16;
    private static final int BANDS = 8;
    private static final int POSITION_STEPS = FRAMES / PATCH;
    private static final double VISIBLE_SHARE = 0.2;
    private static final double MIXED_SHARE = 34.0 / 64;

    private BenchModels() {}

    /** Patches of a clip. */
    static int tokens(BenchOptions options) {
        return options.frames() / PATCH * BANDS;
    }

    /** Patches that a masked clone shows. */
    static int visible(BenchOptions options) {
        return (int) (tokens(options) * VISIBLE_SHARE);
    }

    /** Patches in mixed columns, on average. */
    static int mixed(BenchOptions options) {
        return (int) (tokens(options) * MIXED_SHARE);
    }

    /** Log-mels of AudioSet's kind and of the timed length. */
    static FrontEndConfig frontEnd(BenchOptions options) {
        return FrontEndConfig.audioSet().withFrames(options.frames());
    }

    static SslamConfig config(BenchOptions.Size size) {
        return new SslamConfig(
                size.dim(),
                size.depth(),
                size.heads(),
                4,
                PATCH,
                POSITION_STEPS,
                1e-6,
                new DecoderConfig(size.dim(), 16, 3, 6, 0.01, 1e-5));
    }
}
