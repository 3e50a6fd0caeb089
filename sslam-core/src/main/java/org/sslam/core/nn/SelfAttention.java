package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.sslam.core.engine.StepClock;
import org.sslam.core.ops.Ops;

/** Multi-head self-attention; children {@code qkv} (3D, D) and {@code proj} (D, D). */
public final class SelfAttention extends Attention {
    private final Linear qkv;
    private final Linear proj;
    private final int heads;

    /**
     * BERT's first weights.
     *
     * @param dim width D
     * @param heads number of heads, a divisor of D
     */
    public SelfAttention(Init init, int dim, int heads) {
        this(Linear.bert(init, dim, 3L * dim), Linear.bert(init, dim, dim), heads);
    }

    /** Of its two maps, (D, 3D) and (D, D). */
    public SelfAttention(Linear qkv, Linear proj, int heads) {
        long dim = proj.bias().shape().get(0);
        if (dim % heads != 0) {
            throw new IllegalArgumentException("width " + dim + " is not a multiple of " + heads + " heads");
        }
        this.qkv = child("qkv", qkv);
        this.proj = child("proj", proj);
        this.heads = heads;
    }

    @Override
    public NDArray forward(Ops ops, NDArray xBND) {
        return StepClock.part(
                "attention",
                () -> ops.attention(
                        xBND,
                        qkv.weight().value(),
                        qkv.bias().value(),
                        proj.weight().value(),
                        proj.bias().value(),
                        heads));
    }

    @Override
    public HeadView view(Ops ops, NDArray xBND) {
        try (NDArray joint = qkv.forward(ops, xBND)) {
            return HeadView.of(ops, joint, heads, Optional.empty());
        }
    }
}
