package org.sslam.eval.probe;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sslam.core.UserException;
import org.sslam.eval.metric.Accuracy;
import org.sslam.eval.metric.AveragePrecision;

/**
 * Linear probe on frozen features: for each fold, standardise and fit on the other folds, then judge on the left-out one.
 *
 * <p>Nothing is drawn at random: the result is a function of features, labels, folds and options.
 */
public final class FoldedProbe {
    private final ProbeOptions options;

    /** @param options how each fold's regression is fitted */
    public FoldedProbe(ProbeOptions options) {
        this.options = options;
    }

    /**
     * Multinomial probe for clips of one class each; the figure is accuracy.
     *
     * @param features clips x features
     * @param labels class of each clip, in [0, classes)
     * @param folds fold of each clip; every fold is left out once
     */
    public ProbeResult accuracy(float[][] features, int[] labels, int classes, int[] folds) {
        return accuracy(features, labels, classes, folds, distinct(folds));
    }

    /**
     * As above, leaving out only the named folds; clips of all other folds are always trained on.
     *
     * @param leftOut folds to leave out, one at a time
     * @throws UserException when a fold is empty or leaves fewer than two classes to train on
     */
    public ProbeResult accuracy(float[][] features, int[] labels, int classes, int[] folds, int[] leftOut) {
        return eachFold(
                "accuracy", features, labels.length, folds, leftOut, (training, trainingRows, test, testRows) -> {
                    int[] trainingLabels = pick(labels, trainingRows);
                    if (Arrays.stream(trainingLabels).distinct().count() < 2) {
                        throw new UserException("a probe cannot be fitted on clips of a single class: leaving out fold "
                                + folds[testRows[0]] + " leaves no other; check labels and folds");
                    }
                    LogisticModel model = LogisticRegression.fit(training, trainingLabels, classes, options);
                    return Accuracy.of(model.scores(test), pick(labels, testRows));
                });
    }

    /**
     * One-versus-rest probe for clips with any number of labels; the figure is macro mAP over the labels that occur in
     * the left-out fold.
     *
     * @param features clips x features
     * @param targets clips x labels
     * @param folds fold of each clip
     * @param leftOut folds to leave out, one at a time
     */
    public ProbeResult meanAveragePrecision(float[][] features, boolean[][] targets, int[] folds, int... leftOut) {
        return eachFold("mAP", features, targets.length, folds, leftOut, (training, trainingRows, test, testRows) -> {
            LogisticModel model = LogisticRegression.fit(training, pick(targets, trainingRows), options);
            return AveragePrecision.perClass(model.scores(test), pick(targets, testRows))
                    .mean();
        });
    }

    /** Fits on the training rows and judges the test rows; both tables are standardised. */
    @FunctionalInterface
    private interface Judge {
        double figure(Features training, int[] trainingRows, Features test, int[] testRows);
    }

    private static ProbeResult eachFold(
            String metric, float[][] features, int labelled, int[] folds, int[] leftOut, Judge judge) {
        if (features.length != labelled || features.length != folds.length) {
            throw new IllegalArgumentException(features.length + " clips with features, " + labelled + " with labels, "
                    + folds.length + " with a fold: these must be equal");
        }
        TreeMap<Integer, Double> byFold = new TreeMap<>();
        for (int fold : leftOut) {
            int[] trainingRows = rows(folds, f -> f != fold);
            int[] testRows = rows(folds, f -> f == fold);
            if (trainingRows.length == 0 || testRows.length == 0) {
                throw new UserException("fold " + fold + " holds " + testRows.length + " of " + folds.length
                        + " clips: a probe needs clips inside and outside the fold that it leaves out; there are folds "
                        + Arrays.toString(distinct(folds)));
            }
            Features training = Features.of(features, trainingRows);
            Standardizer standardizer = Standardizer.fit(training);
            Features test = standardizer.apply(Features.of(features, testRows));
            byFold.put(fold, judge.figure(standardizer.apply(training), trainingRows, test, testRows));
        }
        return new ProbeResult(metric, byFold);
    }

    private static int[] distinct(int[] folds) {
        return Arrays.stream(folds).distinct().sorted().toArray();
    }

    private static int[] rows(int[] folds, IntPredicate chosen) {
        return IntStream.range(0, folds.length)
                .filter(i -> chosen.test(folds[i]))
                .toArray();
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(r -> values[r]).toArray();
    }

    private static boolean[][] pick(boolean[][] values, int[] rows) {
        return Arrays.stream(rows).mapToObj(r -> values[r]).toArray(boolean[][]::new);
    }
}
