package org.sslam.train.mwmae;

import org.sslam.core.config.Key;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.vit.PatchNorm;

/** What is hidden and what is predicted, as data. Source: MW-MAE paper, section 4.1 and table 4. */
public record ObjectiveConfig(
        @Key(doc = "share of hidden patches, chosen one by one", value = "0.8") double maskRatio,
        @Key(
                        doc =
                                "cells of a patch are targets after subtraction of their mean and division by their deviation; worse"
                                        + " in the paper",
                        value = "false")
                boolean normalizeTargets) {
    /** Checks the range. */
    public ObjectiveConfig {
        if (!(maskRatio > 0 && maskRatio < 1)) {
            throw new IllegalArgumentException("maskRatio must lie between 0 and 1, not " + maskRatio);
        }
    }

    /** The published values. */
    public static ObjectiveConfig published() {
        return new ObjectiveConfig(0.8, false);
    }

    /**
     * The mask of a clip.
     *
     * @param tokens its patches
     * @throws IllegalArgumentException if none would be seen, or none hidden
     */
    public RandomMask mask(int tokens) {
        RandomMask mask = RandomMask.ofPercent(tokens, maskRatio);
        if (mask.seen() < 1 || mask.seen() >= tokens) {
            throw new IllegalArgumentException("maskRatio " + maskRatio + " leaves " + mask.seen() + " of " + tokens
                    + " patches visible; choose another one");
        }
        return mask;
    }

    /** How the cells of target patches are normalised. */
    public PatchNorm targets() {
        return normalizeTargets ? PatchNorm.BIASED : PatchNorm.NONE;
    }
}
