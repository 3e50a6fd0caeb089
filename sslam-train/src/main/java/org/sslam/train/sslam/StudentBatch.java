package org.sslam.train.sslam;

import java.util.Arrays;
import org.sslam.audio.mix.Regions;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.vit.PatchGrid;

/**
 * One step's input after all draws: pure data, so that a test can give every draw.
 *
 * <p>Letters: B clips, T frames, F mel bins, M clones.
 *
 * @param clips B
 * @param frames T
 * @param bins F
 * @param unmixedBTF normalised log-mels
 * @param mixedBTF mixtures in the same order, or null without mixing
 * @param mask B M rows; used once for each half
 * @param regions what was mixed, or null without mixing
 */
public record StudentBatch(
        int clips, int frames, int bins, float[] unmixedBTF, float[] mixedBTF, TokenMask mask, Regions regions) {
    /** Masked clones of each clip. */
    public int clones() {
        return mask.rows() / clips;
    }

    /** Whether mixtures are part of the batch. */
    public boolean mixed() {
        return mixedBTF != null;
    }

    /** Token numbers of the mixed columns, ascending. */
    public int[] mixedTokens(PatchGrid grid) {
        int[] columns = regions.mixedColumnIndices();
        int[] tokens = new int[columns.length * grid.frequency()];
        for (int c = 0; c < columns.length; c++) {
            for (int f = 0; f < grid.frequency(); f++) {
                tokens[c * grid.frequency() + f] = columns[c] * grid.frequency() + f;
            }
        }
        return tokens;
    }

    /** Both halves, or the one that there is, as one array: unmixed first. */
    public float[] student(Variant variant) {
        if (!mixed()) {
            return unmixedBTF;
        }
        if (!variant.unmixed()) {
            return mixedBTF;
        }
        float[] both = Arrays.copyOf(unmixedBTF, unmixedBTF.length + mixedBTF.length);
        System.arraycopy(mixedBTF, 0, both, unmixedBTF.length, mixedBTF.length);
        return both;
    }
}
