package org.sslam.models.vit;

import ai.djl.ndarray.NDArray;
import org.sslam.core.engine.StepClock;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;

/**
 * Patches through one convolution, flattened time-major; parameters {@code proj.weight} (D, 1, P, P) and
 * {@code proj.bias} (D).
 */
public final class PatchEmbed extends Module {
    private final Parameter weight;
    private final Parameter bias;
    private final int stride;

    /**
     * Patches beside each other.
     *
     * @param dim width D
     * @param patchSize side P of a square patch
     */
    public PatchEmbed(Init init, int dim, int patchSize) {
        this(init, dim, patchSize, patchSize);
    }

    /**
     * Weights Xavier-uniform over the (D, P*P) view, biases U(-1/P, 1/P).
     *
     * @param dim width D
     * @param patchSize side P of a square patch
     * @param stride step between patches
     */
    public PatchEmbed(Init init, int dim, int patchSize, int stride) {
        int cells = patchSize * patchSize;
        this.weight =
                parameter("proj.weight", init.uniform(Math.sqrt(6.0 / (dim + cells)), dim, 1, patchSize, patchSize));
        this.bias = parameter("proj.bias", init.uniform(1 / Math.sqrt(cells), dim));
        this.stride = stride;
    }

    /** (B, 1, T, F) to (B, L, D). */
    public NDArray forward(Ops ops, NDArray xB1TF) {
        return StepClock.part("patches", () -> ops.patchEmbed(xB1TF, weight.value(), bias.value(), stride));
    }
}
