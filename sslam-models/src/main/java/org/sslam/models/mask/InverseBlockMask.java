package org.sslam.models.mask;

import java.util.SplittableRandom;
import org.sslam.models.vit.PatchGrid;

/**
 * Inverse block masking: a few square blocks stay visible, then single tokens are hidden or revealed until every row
 * shows the same number.
 *
 * <p>With v = 1 - maskProb and side b: floor(L (v + adjust) / b^2) block centres are drawn with replacement, their
 * neighbourhoods clamped to the grid, and floor(L v) tokens stay visible. The floors act on the doubles exactly as the
 * published code forms them (0.8 on 512 tokens: 102 visible, 410 masked).
 *
 * <p>Source: EAT paper, inverse block multi-mask; public code, compute_block_mask_2d.
 */
public final class InverseBlockMask {
    private final PatchGrid grid;
    private final MaskConfig config;

    /**
     * @param grid of the clip
     * @param config block side and shares
     */
    public InverseBlockMask(PatchGrid grid, MaskConfig config) {
        this.grid = grid;
        this.config = config;
        if (visibleTokens() < 1 || visibleTokens() >= grid.tokens()) {
            throw new IllegalArgumentException("maskProb " + config.maskProb() + " leaves " + visibleTokens() + " of "
                    + grid.tokens() + " tokens visible; choose another maskProb or longer clips");
        }
    }

    /** Number of block centres a row. */
    public int centres() {
        double area = (double) config.blockSide() * config.blockSide();
        return (int) Math.floor(grid.tokens() * ((visibleShare() + config.maskProbAdjust()) / area));
    }

    /** Number of visible tokens a row. */
    public int visibleTokens() {
        return (int) Math.floor(grid.tokens() * visibleShare());
    }

    /** One row: true = masked. */
    public boolean[] draw(SplittableRandom random) {
        int[] centres = new int[centres()];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = random.nextInt(grid.tokens());
        }
        boolean[] visible = dilate(centres);
        equalise(visible, random);
        boolean[] masked = new boolean[visible.length];
        for (int t = 0; t < visible.length; t++) {
            masked[t] = !visible[t];
        }
        return masked;
    }

    /** The tokens of the blocks around centres (token numbers): true = visible. */
    public boolean[] dilate(int[] centres) {
        boolean[] visible = new boolean[grid.tokens()];
        int from = -(config.blockSide() / 2);
        for (int centre : centres) {
            int t = centre / grid.frequency();
            int f = centre % grid.frequency();
            for (int dt = from; dt < from + config.blockSide(); dt++) {
                int row = clamp(t + dt, grid.time());
                for (int df = from; df < from + config.blockSide(); df++) {
                    visible[row * grid.frequency() + clamp(f + df, grid.frequency())] = true;
                }
            }
        }
        return visible;
    }

    /** Hides or reveals uniformly chosen tokens until {@link #visibleTokens()} are visible. */
    public void equalise(boolean[] visible, SplittableRandom random) {
        int now = 0;
        for (boolean v : visible) {
            now += v ? 1 : 0;
        }
        boolean surplus = now > visibleTokens();
        int[] candidates = new int[surplus ? now : visible.length - now];
        int n = 0;
        for (int t = 0; t < visible.length; t++) {
            if (visible[t] == surplus) {
                candidates[n++] = t;
            }
        }
        int flips = Math.abs(now - visibleTokens());
        for (int i = 0; i < flips; i++) {
            int pick = i + random.nextInt(n - i);
            int token = candidates[pick];
            candidates[pick] = candidates[i];
            visible[token] = !surplus;
        }
    }

    private double visibleShare() {
        return 1 - config.maskProb();
    }

    private static int clamp(int index, int size) {
        return Math.max(0, Math.min(size - 1, index));
    }
}
