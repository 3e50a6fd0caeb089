package org.sslam.eval.statistics;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sslam.eval.result.EvaluationRun;

/**
 * Mean and sample standard deviation of repeated figures.
 *
 * @param mean of the figures
 * @param deviation square root of the squared distances' sum over {@code count - 1}
 * @param count how many figures, at least 2
 */
public record Spread(double mean, double deviation, int count) {
    /** Spread of the seeds' means over folds; empty for a single seed. */
    public static Optional<Spread> overSeeds(List<EvaluationRun> runs) {
        return ofMeans(runs, EvaluationRun::seed);
    }

    /** Spread of the folds' means over seeds; empty for a single fold. */
    public static Optional<Spread> overFolds(List<EvaluationRun> runs) {
        return ofMeans(runs, run -> run.fold().orElse(ScoredResult.NO_FOLD));
    }

    private static <K> Optional<Spread> ofMeans(List<EvaluationRun> runs, Function<EvaluationRun, K> key) {
        Collection<Double> means = runs.stream()
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.averagingDouble(EvaluationRun::value)))
                .values();
        return means.size() < 2 ? Optional.empty() : Optional.of(of(means));
    }

    /** Spread of these figures. */
    public static Spread of(Collection<Double> figures) {
        if (figures.size() < 2) {
            throw new IllegalArgumentException("a deviation needs at least 2 figures, not " + figures.size());
        }
        double mean =
                figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares =
                figures.stream().mapToDouble(f -> (f - mean) * (f - mean)).sum();
        return new Spread(mean, Math.sqrt(squares / (figures.size() - 1)), figures.size());
    }
}
