package org.sslam.eval.report;

/** Names in the metric log that pictures look for. */
final class MetricNames {
    static final String LOSS = "loss";
    static final String LEARNING_RATE = "learning_rate";
    static final String TARGET_VARIANCE = "target_var";
    static final String PREDICTION_VARIANCE = "pred_var";

    private MetricNames() {}
}
