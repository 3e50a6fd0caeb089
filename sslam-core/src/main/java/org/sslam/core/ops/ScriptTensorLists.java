package org.sslam.core.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * List updates through libtorch's kernels, cut in pieces that stay in a core's cache.
 *
 * <p>AdamW runs on several Java threads, each over whole tensors in pieces below libtorch's own threading threshold:
 * no element is touched by two threads, so the result does not depend on their number.
 */
public final class ScriptTensorLists implements TensorLists {
    /** Four arrays of this many floats fill less than half of a 1 MiB cache, and libtorch keeps one thread below 32,768. */
    private static final int CACHED_ELEMENTS = 24_576;

    private static final int WHOLE_TENSOR = Integer.MAX_VALUE;

    private final ScriptPack pack;
    private final int threads;

    /**
     * @param threads Java threads for the optimiser on the CPU
     */
    public ScriptTensorLists(int threads) {
        this.pack = ScriptPack.load(Precision.FP32);
        this.threads = threads;
    }

    @Override
    public void lerp(NDList a, NDList b, double weight) {
        if (!a.isEmpty()) {
            pack.run("axpby", of(a), of(b), IValue.from(weight)).close();
        }
    }

    @Override
    public void zero(NDList x) {
        if (!x.isEmpty()) {
            pack.run("zero", of(x)).close();
        }
    }

    @Override
    public void scale(NDList x, double factor) {
        if (!x.isEmpty()) {
            pack.run("scale", of(x), IValue.from(factor)).close();
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
        boolean cpu = !parameters.get(0).getDevice().isGpu();
        int workers = cpu ? Math.min(threads, parameters.size()) : 1;
        int piece = cpu ? CACHED_ELEMENTS : WHOLE_TENSOR;
        List<List<Integer>> shares = shares(parameters, workers);
        IntStream.range(0, workers).parallel().forEach(w -> {
            List<Integer> share = shares.get(w);
            pack.run(
                            "adamw",
                            of(pick(parameters, share)),
                            of(pick(gradients, share)),
                            of(pick(first, share)),
                            of(pick(second, share)),
                            IValue.from((long) piece),
                            IValue.from(step.keep()),
                            IValue.from(step.beta1()),
                            IValue.from(step.firstGain()),
                            IValue.from(step.beta2()),
                            IValue.from(step.secondGain()),
                            IValue.from(step.rateOnMoments()),
                            IValue.from(step.scaledEps()))
                    .close();
        });
    }

    /** Tensors dealt to the least loaded worker, in order. */
    private static List<List<Integer>> shares(NDList tensors, int workers) {
        List<List<Integer>> shares = new ArrayList<>();
        long[] load = new long[workers];
        for (int w = 0; w < workers; w++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < tensors.size(); i++) {
            int least = 0;
            for (int w = 1; w < workers; w++) {
                least = load[w] < load[least] ? w : least;
            }
            load[least] += tensors.get(i).size();
            shares.get(least).add(i);
        }
        return shares;
    }

    private static NDList pick(NDList list, List<Integer> indices) {
        NDList picked = new NDList(indices.size());
        indices.forEach(i -> picked.add(list.get(i)));
        return picked;
    }

    private static IValue of(NDList list) {
        return IValue.listFrom(list.stream().map(a -> (PtNDArray) a).toArray(PtNDArray[]::new));
    }
}
