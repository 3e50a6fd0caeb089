package org.sslam.core.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/**
 * List updates through libtorch's kernels, one call for a whole list; AdamW on the CPU is {@link CpuAdamW}.
 */
public final class ScriptTensorLists implements TensorLists {
    private final ScriptPack pack;
    private final CpuAdamW onCpu;

    /**
     * @param threads shares that AdamW is cut into on the CPU, run side by side
     */
    public ScriptTensorLists(int threads) {
        this.pack = ScriptPack.of(Precision.FP32);
        this.onCpu = new CpuAdamW(threads);
    }

    @Override
    public void lerp(NDList a, NDList b, double weight) {
        if (!a.isEmpty()) {
            pack.run("axpby", of(a), of(b), IValue.from(weight)).close();
        }
    }

    @Override
    public void copy(NDList to, NDList source) {
        if (!to.isEmpty()) {
            pack.run("copy", of(to), of(source)).close();
        }
    }

    @Override
    public float globalNorm(NDList x) {
        if (x.isEmpty()) {
            return 0;
        }
        try (IValue norm = pack.run("global_norm", of(x));
                NDArray value = norm.toTensor((PtNDManager) x.get(0).getManager())) {
            return value.getFloat();
        }
    }

    @Override
    public void adamw(NDList parameters, NDList gradients, NDList first, NDList second, AdamWStep step) {
        if (parameters.isEmpty()) {
            return;
        }
        if (!parameters.get(0).getDevice().isGpu()) {
            onCpu.update(parameters, gradients, first, second, step);
            return;
        }
        pack.run(
                        "adamw",
                        of(parameters),
                        of(gradients),
                        of(first),
                        of(second),
                        IValue.from(step.keep()),
                        IValue.from(step.beta1()),
                        IValue.from(step.firstGain()),
                        IValue.from(step.beta2()),
                        IValue.from(step.secondGain()),
                        IValue.from(step.rateOnMoments()),
                        IValue.from(step.scaledEps()))
                .close();
    }

    static IValue of(NDList list) {
        return IValue.listFrom(list.stream().map(a -> (PtNDArray) a).toArray(PtNDArray[]::new));
    }
}
