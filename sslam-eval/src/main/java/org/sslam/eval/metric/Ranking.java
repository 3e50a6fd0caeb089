package org.sslam.eval.metric;

import java.util.Arrays;

/**
 * One class's clips from the highest score to the lowest, clips of equal score together in one group.
 *
 * <p>Both average precision and AUC depend on a score only through these groups.
 */
final class Ranking {
    private final int groups;
    private final int[] positivesOf;
    private final int[] negativesOf;
    private final int positives;
    private final int negatives;

    private Ranking(int groups, int[] positivesOf, int[] negativesOf) {
        this.groups = groups;
        this.positivesOf = positivesOf;
        this.negativesOf = negativesOf;
        this.positives = Arrays.stream(positivesOf, 0, groups).sum();
        this.negatives = Arrays.stream(negativesOf, 0, groups).sum();
    }

    /**
     * @param scores one score a clip, of any scale
     * @param targets whether the clip belongs to the class
     * @throws IllegalArgumentException when the lengths differ or a score is NaN
     */
    static Ranking of(float[] scores, boolean[] targets) {
        if (scores.length != targets.length) {
            throw new IllegalArgumentException(scores.length + " scores but " + targets.length + " targets");
        }
        int clips = scores.length;
        long[] sorted = new long[clips];
        for (int i = 0; i < clips; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("the score of clip " + i + " is NaN");
            }
            sorted[i] = ((long) ascendingKey(scores[i]) << 32) | (targets[i] ? 1 : 0);
        }
        Arrays.sort(sorted);
        int[] positivesOf = new int[clips];
        int[] negativesOf = new int[clips];
        int groups = 0;
        for (int i = clips - 1; i >= 0; i--) {
            if (i == clips - 1 || sorted[i] >> 32 != sorted[i + 1] >> 32) {
                groups++;
            }
            int[] counts = (sorted[i] & 1) == 1 ? positivesOf : negativesOf;
            counts[groups - 1]++;
        }
        return new Ranking(groups, positivesOf, negativesOf);
    }

    /** An integer that grows with the score; +0 and -0 are one score. */
    private static int ascendingKey(float score) {
        int bits = Float.floatToIntBits(score + 0f);
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    int groups() {
        return groups;
    }

    int positivesOf(int group) {
        return positivesOf[group];
    }

    int negativesOf(int group) {
        return negativesOf[group];
    }

    int positives() {
        return positives;
    }

    int negatives() {
        return negatives;
    }
}
