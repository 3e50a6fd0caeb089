package org.sslam.eval.report;

/** Names in the metric log that pictures look for. */
public final class MetricNames {
    public static final String LOSS = "loss";
    public static final String LOSS_TERM = "loss_";
    public static final String LEARNING_RATE = "learning_rate";
    public static final String TARGET_VARIANCE = "target_var";
    public static final String PREDICTION_VARIANCE = "pred_var";
    public static final String EVALUATION = "eval_";
    public static final String VALIDATION = "valid_";
    public static final String GRADIENT_NORM = "gradient_norm";
    public static final String CLIPS_PER_SECOND = "clips_per_second";

    private MetricNames() {}
}
