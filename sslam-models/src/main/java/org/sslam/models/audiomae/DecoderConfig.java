package org.sslam.models.audiomae;

import org.sslam.core.config.Key;

/** Audio-MAE's decoder as data. Source: Audio-MAE paper, section 3.2 and table 1; public code for the local blocks. */
public record DecoderConfig(
        @Key(doc = "local: shifted windows; global: all tokens; hybrid: local, then global blocks", value = "local")
                Kind kind,
        @Key(doc = "width of a token", value = "512") int dim,
        @Key(doc = "attention heads", value = "16") int numHeads,
        @Key(doc = "blocks, in a hybrid the local ones; 0: 16 (local) or 8", value = "0") int blocks,
        @Key(doc = "hybrid: global blocks on top", value = "4") int globalBlocks,
        @Key(doc = "hybrid: heads of the global blocks; 0: numHeads", value = "0") int globalHeads,
        @Key(doc = "side of a window in patches; 0: 4, or 6 where patches overlap", value = "0") int window,
        @Key(
                        doc =
                                "which way every second local block is shifted, by half a window, or 2 where patches overlap: time,"
                                        + " both or none",
                        value = "time")
                Shift shift,
        @Key(doc = "width inside the network that gives the windows' position bias", value = "384") int biasHidden,
        @Key(doc = "training: dropout in that network", value = "0.1") double biasDropout) {
    private static final int LOCAL_BLOCKS = 16;
    private static final int OTHER_BLOCKS = 8;
    private static final int WINDOW = 4;
    private static final int WINDOW_OF_OVERLAPPING = 6;
    private static final int SHIFT_OF_OVERLAPPING = 2;

    /** What attends to what. */
    public enum Kind {
        /** Cosine attention in shifted windows. */
        LOCAL,
        /** All tokens, CLS too. */
        GLOBAL,
        /** Local blocks, then global ones. */
        HYBRID
    }

    /** Which way windows are shifted. */
    public enum Shift {
        /** Along time, as in the public code. */
        TIME,
        /** Along time and frequency, as the paper has it. */
        BOTH,
        /** Never. */
        NONE
    }

    /** Checks that widths divide. */
    public DecoderConfig {
        if (dim < 4 || numHeads < 1 || globalBlocks < 1 || biasHidden < 1) {
            throw new IllegalArgumentException(
                    "decoder dim, numHeads, globalBlocks and biasHidden must be positive (dim at least 4)");
        }
        if (blocks < 0 || window < 0 || globalHeads < 0) {
            throw new IllegalArgumentException("decoder blocks, window and globalHeads must not be negative");
        }
        if (dim % numHeads != 0 || dim % 4 != 0) {
            throw new IllegalArgumentException("decoder dim " + dim + " must be a multiple of 4 and of its " + numHeads
                    + " heads; change one of them");
        }
        if (!(biasDropout >= 0 && biasDropout < 1)) {
            throw new IllegalArgumentException("biasDropout must lie in 0 .. 1, 1 excluded, not " + biasDropout);
        }
    }

    /** Number of blocks, in a hybrid of local ones. */
    public int blockCount() {
        if (blocks > 0) {
            return blocks;
        }
        return kind == Kind.LOCAL ? LOCAL_BLOCKS : OTHER_BLOCKS;
    }

    /** Heads of a hybrid's global blocks. */
    public int headsOfGlobalBlocks() {
        return kind == Kind.HYBRID && globalHeads > 0 ? globalHeads : numHeads;
    }

    /** Side of a window, in patches. */
    public int windowSide(boolean patchesOverlap) {
        if (window > 0) {
            return window;
        }
        return patchesOverlap ? WINDOW_OF_OVERLAPPING : WINDOW;
    }

    /** How far windows are shifted, in patches: half a window; the public code moves its windows of 6 x 6 by 2 too. */
    public int shiftOfWindows(boolean patchesOverlap) {
        int half = windowSide(patchesOverlap) / 2;
        return patchesOverlap ? Math.min(SHIFT_OF_OVERLAPPING, half) : half;
    }
}
