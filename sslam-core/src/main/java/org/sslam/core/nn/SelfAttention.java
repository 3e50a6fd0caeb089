package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import org.sslam.core.ops.Ops;

/** Multi-head self-attention; children {@code qkv} (3D, D) and {@code proj} (D, D). */
public final class SelfAttention extends Module {
    private final Linear qkv;
    private final Linear proj;
    private final int heads;

    /**
     * @param dim width D
     * @param heads number of heads, a divisor of D
     */
    public SelfAttention(Init init, int dim, int heads) {
        if (dim % heads != 0) {
            throw new IllegalArgumentException("width " + dim + " is not a multiple of " + heads + " heads");
        }
        this.qkv = child("qkv", Linear.bert(init, dim, 3L * dim));
        this.proj = child("proj", Linear.bert(init, dim, dim));
        this.heads = heads;
    }

    /** (B, N, D) to (B, N, D). */
    public NDArray forward(Ops ops, NDArray xBND) {
        return ops.attention(
                xBND,
                qkv.weight().value(),
                qkv.bias().value(),
                proj.weight().value(),
                proj.bias().value(),
                heads);
    }
}
