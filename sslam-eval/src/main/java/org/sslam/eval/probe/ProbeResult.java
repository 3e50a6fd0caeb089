package org.sslam.eval.probe;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a probe reached on each fold that was left out of its training.
 *
 * @param metric name of the figure: {@code accuracy} or {@code mAP}
 * @param byFold figure in [0, 1] by the number of the left-out fold
 */
public record ProbeResult(String metric, SortedMap<Integer, Double> byFold) {
    /** Keeps its own copy, so that the record stays as it was made. */
    public ProbeResult {
        byFold = Collections.unmodifiableSortedMap(new TreeMap<>(byFold));
    }

    /** Mean over the folds. */
    public double mean() {
        return byFold.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /** Standard deviation over the folds (divided by folds - 1); 0 for one fold. */
    public double standardDeviation() {
        double mean = mean();
        double squares = byFold.values().stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .sum();
        return byFold.size() < 2 ? 0 : Math.sqrt(squares / (byFold.size() - 1));
    }
}
