package org.sslam.core.ops;

/**
 * The number format of matrix products and convolutions; weights, norms, losses and the optimiser are always float32.
 */
public enum Precision {
    /** Everything in float32. */
    FP32,
    /** Matrix products, convolutions and attention in bfloat16, their results back in float32. Never chosen silently. */
    BF16
}
