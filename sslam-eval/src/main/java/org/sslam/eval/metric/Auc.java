package org.sslam.eval.metric;

/**
 * Area under the ROC curve: the chance that a clip with the label scores higher than one without it, a tie counting one
 * half (mid-ranks).
 *
 * <p>Source: scikit-learn {@code roc_auc_score}.
 */
public final class Auc {
    private Auc() {}

    /**
     * AUC of one class, in [0, 1].
     *
     * @param scores one score a clip; only their order matters
     * @param targets whether the clip has the label
     * @return NaN when all clips have the label or none has
     */
    public static double of(float[] scores, boolean[] targets) {
        return of(Ranking.of(scores, targets));
    }

    /**
     * AUC of each class; {@link ClassScores#mean()} is the macro mean.
     *
     * @param scoresNC clips x classes
     * @param targetsNC clips x classes, true where the clip has the label
     */
    public static ClassScores perClass(float[][] scoresNC, boolean[][] targetsNC) {
        return ClassScores.of(scoresNC, targetsNC, Auc::of);
    }

    private static double of(Ranking ranking) {
        double pairs = (double) ranking.positives() * ranking.negatives();
        if (pairs == 0) {
            return Double.NaN;
        }
        double won = 0;
        long negativesBelow = ranking.negatives();
        for (int g = 0; g < ranking.groups(); g++) {
            negativesBelow -= ranking.negativesOf(g);
            won += ranking.positivesOf(g) * (negativesBelow + 0.5 * ranking.negativesOf(g));
        }
        return won / pairs;
    }
}
