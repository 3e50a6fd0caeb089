package org.sslam.models.sslam;

import org.sslam.core.config.Key;

/**
 * Sizes of an SSLAM network; the defaults are the published ViT-B.
 *
 * <p>Source: SSLAM paper, section 4.1; EAT configuration for what the paper leaves open.
 */
public record SslamConfig(
        @Key(doc = "width D of a token", value = "768") int embedDim,
        @Key(doc = "transformer blocks", value = "12") int depth,
        @Key(doc = "attention heads", value = "12") int numHeads,
        @Key(doc = "feed-forward width as a multiple of embedDim", value = "4") int mlpRatio,
        @Key(doc = "side of a square patch, in frames and mel bins", value = "16") int patchSize,
        @Key(doc = "time steps of the position table: longest clip in patches", value = "768") int positionTimeSteps,
        @Key(doc = "epsilon of the encoder's layer norms", value = "1e-6") double normEps,
        @Key(doc = "convolutional decoder, pre-training only") DecoderConfig decoder) {
    /** Checks that widths divide. */
    public SslamConfig {
        if (embedDim < 4 || depth < 1 || numHeads < 1 || mlpRatio < 1 || patchSize < 1 || positionTimeSteps < 1) {
            throw new IllegalArgumentException("embedDim, depth, numHeads, mlpRatio, patchSize and positionTimeSteps"
                    + " must be positive (embedDim at least 4)");
        }
        if (embedDim % numHeads != 0) {
            throw new IllegalArgumentException(
                    "embedDim " + embedDim + " is not a multiple of numHeads " + numHeads + "; change one of them");
        }
        if (embedDim % 4 != 0) {
            throw new IllegalArgumentException("embedDim " + embedDim + " is not a multiple of 4, as positions need");
        }
    }

    /** The published ViT-B with its decoder. */
    public static SslamConfig base() {
        return new SslamConfig(768, 12, 12, 4, 16, 768, 1e-6, DecoderConfig.base());
    }
}
