package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.sslam.core.ops.Ops;

/** What is watched for collapse: how much targets and predictions differ from row to row. */
public final class Deviations {
    private static final double EPS = 1e-6;

    private Deviations() {}

    /**
     * Mean over columns of the deviation over rows; that of the predictions vanishes when all are predicted alike.
     *
     * @param targetRD targets
     * @param predictedRD predictions, not the same rows by necessity
     * @return {@code target_var} and {@code pred_var}
     */
    public static Map<String, Double> of(Ops ops, NDArray targetRD, NDArray predictedRD) {
        try (NDArray target = ops.columnDeviation(targetRD, EPS);
                NDArray predicted = ops.columnDeviation(predictedRD, EPS)) {
            return Map.of("target_var", (double) target.getFloat(), "pred_var", (double) predicted.getFloat());
        }
    }
}
