package org.sslam.eval.metric;

/**
 * Average precision: the step-wise sum {@code AP = sum_n (R_n - R_{n-1}) P_n} over the distinct scores from the highest
 * to the lowest, without interpolation.
 *
 * <p>Source: scikit-learn {@code average_precision_score}; the macro mean leaves out classes without positives, as the
 * SSLAM evaluation does (numpy.nanmean).
 */
public final class AveragePrecision {
    private AveragePrecision() {}

    /**
     * Average precision of one class, in [0, 1].
     *
     * @param scores one score a clip; only their order matters
     * @param targets whether the clip has the label
     * @return NaN when no clip has the label
     */
    public static double of(float[] scores, boolean[] targets) {
        return of(Ranking.of(scores, targets));
    }

    /**
     * Average precision of each class; {@link ClassScores#mean()} is the macro mAP.
     *
     * @param scoresNC clips x classes
     * @param targetsNC clips x classes, true where the clip has the label
     */
    public static ClassScores perClass(float[][] scoresNC, boolean[][] targetsNC) {
        return ClassScores.of(scoresNC, targetsNC, AveragePrecision::of);
    }

    private static double of(Ranking ranking) {
        double sum = 0;
        long hits = 0;
        long seen = 0;
        for (int g = 0; g < ranking.groups(); g++) {
            hits += ranking.positivesOf(g);
            seen += ranking.positivesOf(g) + ranking.negativesOf(g);
            sum += ranking.positivesOf(g) * ((double) hits / seen);
        }
        return ranking.positives() == 0 ? Double.NaN : sum / ranking.positives();
    }
}
