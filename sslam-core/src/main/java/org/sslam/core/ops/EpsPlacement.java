package org.sslam.core.ops;

/** Where AdamW adds its epsilon; the two differ only where gradients are tiny or training has just begun. */
public enum EpsPlacement {
    /** To sqrt(v) after the bias correction: PyTorch's AdamW. */
    CORRECTED,
    /** To sqrt(v) before the bias correction: fairseq's Adam, which trained SSLAM. */
    UNCORRECTED
}
