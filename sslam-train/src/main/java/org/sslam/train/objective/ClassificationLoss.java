package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;

/**
 * Losses of fine-tuning from logits and targets, element by element; the caller sums and divides.
 *
 * <p>Divisors of the reference: the sum of the (mixed) labels for multi-label tasks, the number of clips otherwise.
 * Source: public SSLAM code, classification criterion.
 */
public final class ClassificationLoss {
    private final Ops ops;

    /**
     * @param ops scales inside the graph
     */
    public ClassificationLoss(Ops ops) {
        this.ops = ops;
    }

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
    public NDArray binaryCrossEntropy(NDArray logitsBC, NDArray targetsBC) {
        NDArray one = Tensors.of(logitsBC.getManager(), new float[] {1}, new Shape());
        NDArray tail = logitsBC.abs().neg().exp().add(one).log();
        NDArray positive = logitsBC.getNDArrayInternal().relu();
        return positive.sub(logitsBC.mul(targetsBC)).add(tail);
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
    public NDArray crossEntropy(NDArray logitsBC, NDArray oneHotBC, double smoothing) {
        NDArray logP = logitsBC.logSoftmax(1);
        NDArray own = ops.scale(logP.mul(oneHotBC).sum(new int[] {1}), smoothing - 1);
        double uniform = smoothing / logitsBC.getShape().get(1);
        return own.sub(ops.scale(logP.sum(new int[] {1}), uniform));
    }
}
