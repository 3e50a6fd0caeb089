package org.sslam.eval.metric;

import java.util.Arrays;

/**
 * A figure for each class of a multi-label evaluation, NaN where the class has none, and their mean over the rest.
 *
 * @param byClass one figure a class; NaN for a class that the evaluation set cannot judge
 */
public record ClassScores(double[] byClass) {
    /** Keeps its own copy, so that the record stays as it was made. */
    public ClassScores {
        byClass = byClass.clone();
    }

    @Override
    public double[] byClass() {
        return byClass.clone();
    }

    /** Mean over the classes that have a figure; NaN when none has (numpy.nanmean). */
    public double mean() {
        return Arrays.stream(byClass).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    /** How many classes have a figure. */
    public int judged() {
        return (int) Arrays.stream(byClass).filter(v -> !Double.isNaN(v)).count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassScores scores && Arrays.equals(byClass, scores.byClass);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byClass);
    }

    @Override
    public String toString() {
        return "ClassScores" + Arrays.toString(byClass);
    }

    /** Computes one class's figure from its ranked clips. */
    @FunctionalInterface
    interface OfRanking {
        double apply(Ranking ranking);
    }

    /**
     * Ranks each class's column and collects its figure.
     *
     * @param scoresNC clips x classes
     * @param targetsNC clips x classes, true where the clip has the label
     */
    static ClassScores of(float[][] scoresNC, boolean[][] targetsNC, OfRanking figure) {
        if (scoresNC.length == 0 || scoresNC.length != targetsNC.length) {
            throw new IllegalArgumentException("scores of " + scoresNC.length + " clips but targets of "
                    + targetsNC.length + "; none may be empty");
        }
        int classes = scoresNC[0].length;
        float[] scores = new float[scoresNC.length];
        boolean[] targets = new boolean[scoresNC.length];
        double[] byClass = new double[classes];
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < scores.length; i++) {
                if (scoresNC[i].length != classes || targetsNC[i].length != classes) {
                    throw new IllegalArgumentException("clip " + i + " has another number of classes than " + classes);
                }
                scores[i] = scoresNC[i][c];
                targets[i] = targetsNC[i][c];
            }
            byClass[c] = figure.apply(Ranking.of(scores, targets));
        }
        return new ClassScores(byClass);
    }
}
