package org.sslam.eval.statistics;

import java.util.Optional;
import org.sslam.eval.result.EvaluationResult;

/**
 * A result's figure and how far it can be trusted.
 *
 * <p>The figure is the mean over all seeds and folds. The interval says how much it depends on the choice of test clips:
 * the clips of each fold are drawn with replacement, the same ones for all seeds. The deviations say how much it depends
 * on the seed and on the fold.
 *
 * @param value the metric, a fraction
 * @param interval over clips; empty for a metric that cannot be resampled
 * @param overSeeds spread of the seeds' means over folds; empty for a single seed
 * @param overFolds spread of the folds' means over seeds; empty for a single fold
 */
public record Estimate(
        double value, Optional<Interval> interval, Optional<Spread> overSeeds, Optional<Spread> overFolds) {

    /** Estimates; reads all test scores if the metric can be resampled. */
    public static Estimate of(ScoredResult scored, Resampling how) {
        EvaluationResult result = scored.result();
        return new Estimate(
                scored.mean(),
                scored.metric().map(metric -> interval(scored, metric, how)),
                Spread.overSeeds(result.runs()),
                Spread.overFolds(result.runs()));
    }

    private static Interval interval(ScoredResult scored, ClipMetric metric, Resampling how) {
        double[] means = new double[how.resamples()];
        for (int fold : scored.folds()) {
            FoldFigures.of(scored, fold, metric, how)
                    .addTo(means, scored.folds().size());
        }
        return Interval.around(scored.mean(), means, how.level()).ofFraction();
    }
}
