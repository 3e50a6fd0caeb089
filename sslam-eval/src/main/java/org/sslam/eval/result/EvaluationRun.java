package org.sslam.eval.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.sslam.core.UserException;

/**
 * One training and its judgement on one test set.
 *
 * @param seed of everything random
 * @param fold the fold that was left out, if the task has folds
 * @param value the task's metric on the test set, as a fraction
 * @param metrics every metric that applies, by name ({@code mAP}, {@code accuracy}, {@code dPrime}, {@code AUC}), as
 *     fractions where they are
 * @param curve metric on the monitored set after each epoch; empty if nothing was trained by epochs
 * @param chosenEpoch epoch (1 is the first) whose weights were judged, 0 if there was no choice
 * @param scores file beside the result with the test scores, see {@link ScoreFile}
 * @param choice how the judged epoch was chosen, if that is recorded; see {@link EvaluationResult#choice}
 * @param testHash hash over ids and sizes of the judged clips' files, the same whoever judged them; empty if unknown
 */
public record EvaluationRun(
        long seed,
        OptionalInt fold,
        double value,
        Map<String, Double> metrics,
        List<Double> curve,
        int chosenEpoch,
        String scores,
        Optional<EpochChoice> choice,
        String testHash) {
    private static final Pattern FILE_NAME = Pattern.compile("(?!\\.)[^/\\\\\\p{Cntrl}]+");

    /**
     * Keeps its own copies and checks the numbers.
     *
     * @throws UserException when the metric is NaN, since no class of the test set could be judged
     */
    public EvaluationRun {
        metrics = Map.copyOf(metrics);
        curve = List.copyOf(curve);
        if (Double.isNaN(value)) {
            throw new UserException("the metric of " + describe(seed, fold)
                    + " is NaN: no class has a clip in the test set; check its labels");
        }
        if (value < 0 || value > 1) {
            throw new IllegalArgumentException(
                    "the metric of " + describe(seed, fold) + " is " + value + ", not a fraction from 0 to 1");
        }
        metrics.forEach((name, figure) -> {
            if (name.isBlank() || figure.isNaN()) {
                throw new IllegalArgumentException("metric '" + name + "' of " + describe(seed, fold) + " is " + figure
                        + "; leave out a metric that does not apply");
            }
        });
        if (!curve.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("the curve of " + describe(seed, fold) + " holds " + curve);
        }
        if (chosenEpoch < 0 || chosenEpoch > curve.size()) {
            throw new IllegalArgumentException(
                    "epoch " + chosenEpoch + " of " + curve.size() + " cannot have been chosen");
        }
        if (!FILE_NAME.matcher(scores).matches()) {
            throw new IllegalArgumentException("'" + scores + "' is not a file name beside the result");
        }
    }

    /** The run in words: {@code seed 1} or {@code seed 1, fold 2}. */
    public String describe() {
        return describe(seed, fold);
    }

    private static String describe(long seed, OptionalInt fold) {
        return "seed " + seed + (fold.isPresent() ? ", fold " + fold.getAsInt() : "");
    }
}
