package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import org.sslam.core.engine.StepClock;
import org.sslam.core.ops.Ops;

/** Layer norm over the last axis; parameters {@code weight} (1 at first) and {@code bias} (0 at first). */
public final class LayerNorm extends Module {
    private final Parameter weight;
    private final Parameter bias;
    private final double eps;

    /**
     * @param dim width of the last axis
     * @param eps added to the variance
     */
    public LayerNorm(Init init, long dim, double eps) {
        this.weight = parameter("weight", init.ones(dim));
        this.bias = parameter("bias", init.zeros(dim));
        this.eps = eps;
    }

    /** Normalised x, of x's shape. */
    public NDArray forward(Ops ops, NDArray x) {
        return StepClock.part("norm", () -> ops.layerNorm(x, weight.value(), bias.value(), eps));
    }

    /** Normalised x + y. */
    public NDArray forwardSum(Ops ops, NDArray x, NDArray y) {
        return StepClock.part("norm", () -> ops.addLayerNorm(x, y, weight.value(), bias.value(), eps));
    }
}
