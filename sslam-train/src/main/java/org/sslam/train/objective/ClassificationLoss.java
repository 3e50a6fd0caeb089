package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;

/**
 * Losses of fine-tuning from logits and targets, element by element; the caller sums and divides.
 *
 * <p>Divisors of the reference: the sum of the (mixed) labels for multi-label tasks, the number of clips otherwise.
 * Source: public SSLAM code, classification criterion.
 */
public final class ClassificationLoss {
    private ClassificationLoss() {}

    /**
     * Binary cross entropy of each clip and class, in the form that does not overflow.
     *
     * <pre>
     * max(x, 0) - x y + log(1 + exp(-|x|))
     * </pre>
     *
     * @param logitsBC x
     * @param targetsBC y, between 0 and 1
     * @return (B, C)
     */
    public static NDArray binaryCrossEntropy(NDArray logitsBC, NDArray targetsBC) {
        NDArray tail = logitsBC.abs().mul(-1f).exp().add(1f).log();
        return logitsBC.maximum(0f).sub(logitsBC.mul(targetsBC)).add(tail);
    }

    /**
     * Cross entropy of each clip with label smoothing.
     *
     * <pre>
     * -(1 - s) sum_c y_c log p_c - s / C sum_c log p_c
     * </pre>
     *
     * @param logitsBC logits
     * @param oneHotBC y
     * @param smoothing s
     * @return (B)
     */
    public static NDArray crossEntropy(NDArray logitsBC, NDArray oneHotBC, double smoothing) {
        NDArray logP = logitsBC.logSoftmax(1);
        NDArray own = logP.mul(oneHotBC).sum(new int[] {1}).mul((float) (smoothing - 1));
        float uniform = (float) (smoothing / logitsBC.getShape().get(1));
        return own.sub(logP.sum(new int[] {1}).mul(uniform));
    }
}
