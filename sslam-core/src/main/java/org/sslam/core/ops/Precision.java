package org.sslam.core.ops;

/**
 * The number format of matrix products and convolutions; weights, norms, losses and the optimiser are always float32.
 */
public enum Precision {
    /** Everything in float32. */
    FP32,
    /**
     * Matrix products, attention and the decoder's convolutions in bfloat16, with what lies between two of them in one
     * operator (GELU); results are float32, and so is the patch embedding. Never chosen silently.
     */
    BF16
}
