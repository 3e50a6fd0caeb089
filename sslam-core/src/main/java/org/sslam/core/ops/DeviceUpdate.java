package org.sslam.core.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/**
 * An AdamW update whose clipping, and whether it happens at all, are decided on the device: the host waits for nothing.
 *
 * <pre>
 * n = norm / S                        gradients are sums, S the sample size
 * go = n and the loss are finite      scale = (clip / (n + 1e-6) if 0 &lt; clip &lt; n, else 1) / S
 * </pre>
 *
 * <p>Where it does not go, weights and moments stay as they are, bit for bit. On a GPU the update is libtorch's fused
 * kernel, which can skip itself; elsewhere it is spelled out in operators on lists, which is what tests compare.
 */
public final class DeviceUpdate {
    private final ScriptPack pack = ScriptPack.of(Precision.FP32);

    /** Square root of the sum of all squares, a scalar that stays on the device. */
    public NDArray norm(NDList x) {
        return result(x.get(0), pack.run("global_norm", ScriptTensorLists.of(x)));
    }

    /**
     * Decides about an update.
     *
     * @param norm of the gradients as they are, a scalar
     * @param loss summed, a scalar
     * @param clip largest norm of the gradients over S, 0 for any
     * @param sampleSize S
     * @return (2): factor of the gradients; 1 to go, 0 to stay
     */
    public NDArray decision(NDArray norm, NDArray loss, double clip, double sampleSize) {
        return result(
                norm,
                pack.run(
                        "decision",
                        IValue.from((PtNDArray) norm),
                        IValue.from((PtNDArray) loss),
                        IValue.from(clip),
                        IValue.from(sampleSize)));
    }

    /** Scalars as one vector, in order. */
    public NDArray vector(NDList scalars) {
        return result(scalars.get(0), pack.run("vector", ScriptTensorLists.of(scalars)));
    }

    /**
     * One AdamW update with decoupled weight decay.
     *
     * @param gradients may be changed
     * @param step what the update is made of; its own factor on gradients is not used
     * @param decision of {@link #decision}
     */
    public void adamw(
            NDList parameters, NDList gradients, NDList first, NDList second, AdamWStep step, NDArray decision) {
        if (parameters.isEmpty()) {
            return;
        }
        boolean fused = parameters.get(0).getDevice().isGpu();
        pack.run(
                        fused ? "adamw_fused" : "adamw_decided",
                        ScriptTensorLists.of(parameters),
                        ScriptTensorLists.of(gradients),
                        ScriptTensorLists.of(first),
                        ScriptTensorLists.of(second),
                        IValue.from((PtNDArray) decision),
                        IValue.from((double) step.step()),
                        IValue.from(step.rate()),
                        IValue.from(step.beta1()),
                        IValue.from(step.beta2()),
                        IValue.from(step.weightDecay()),
                        IValue.from(step.correctedEps()))
                .close();
    }

    private static NDArray result(NDArray beside, IValue value) {
        try (value) {
            return value.toTensor((PtNDManager) beside.getManager());
        }
    }
}
