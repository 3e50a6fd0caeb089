package org.sslam.eval.reconstruct;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sslam.models.audiomae.MaskingConfig;
import org.sslam.models.mask.GridMask;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;

/**
 * What is hidden of a clip: drawn, or given time steps as when packets were lost.
 *
 * @param drawn how to draw
 * @param lost numbers of lost time steps, instead of drawing
 */
public record MaskChoice(MaskingConfig drawn, Optional<List<Integer>> lost) {
    /** A share of all packets, each as long as a patch. */
    public static MaskChoice packetLoss(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of lost packets must lie between 0 and 1, not " + share);
        }
        return new MaskChoice(new MaskingConfig(MaskingConfig.Kind.TIME, 0.5, share, 0.5), Optional.empty());
    }

    /** Whether whole time steps are hidden and nothing else: what a receiver can conceal by repeating. */
    boolean losesPackets() {
        return lost.isPresent() || drawn.kind() == MaskingConfig.Kind.TIME;
    }

    /**
     * The mask of one clip: of its sound alone, the time steps that fill a short clip up are seen.
     *
     * @param grid of the network's clips
     * @param heardSteps the first time steps, which hold sound
     * @throws IllegalArgumentException if it leaves nothing of the sound, or everything
     */
    TokenOrder of(PatchGrid grid, int heardSteps, SplittableRandom random) {
        PatchGrid heard = new PatchGrid(heardSteps, grid.frequency());
        TokenOrder order = lost.isEmpty() ? drawn.over(heard).draw(1, row -> random) : ofLost(heard);
        int filled = grid.tokens() - heard.tokens();
        int[] whole = new int[grid.tokens()];
        for (int place = 0; place < heard.tokens(); place++) {
            whole[place < order.seenPerRow() ? place : place + filled] = order.token(0, place);
        }
        for (int i = 0; i < filled; i++) {
            whole[order.seenPerRow() + i] = heard.tokens() + i;
        }
        return new TokenOrder(new int[][] {whole}, order.seenPerRow() + filled);
    }

    private TokenOrder ofLost(PatchGrid grid) {
        boolean[] steps = new boolean[grid.time()];
        for (int step : lost.orElseThrow()) {
            if (step < 0 || step >= steps.length) {
                throw new IllegalArgumentException(
                        "there is no time step " + step + "; the sound has 0 to " + (steps.length - 1));
            }
            steps[step] = true;
        }
        int seen = grid.frequency();
        int kept = 0;
        for (boolean isLost : steps) {
            kept += isLost ? 0 : seen;
        }
        return new TokenOrder(new int[][] {GridMask.orderOfLost(grid, steps)}, kept);
    }
}
