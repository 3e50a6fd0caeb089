package org.sslam.models.mask;

import org.sslam.core.config.Key;

/** Inverse block masking as data. */
public record MaskConfig(
        @Key(doc = "share of masked tokens", value = "0.8") double maskProb,
        @Key(doc = "added to the visible share when the number of blocks is computed", value = "0.07")
                double maskProbAdjust,
        @Key(doc = "side of a visible block, in patches", value = "5") int blockSide) {
    /** Checks the ranges. */
    public MaskConfig {
        if (!(maskProb > 0 && maskProb < 1)) {
            throw new IllegalArgumentException("maskProb must lie between 0 and 1, not " + maskProb);
        }
        if (blockSide < 1) {
            throw new IllegalArgumentException("blockSide must be at least 1, not " + blockSide);
        }
    }

    /** The published values. */
    public static MaskConfig published() {
        return new MaskConfig(0.8, 0.07, 5);
    }
}
