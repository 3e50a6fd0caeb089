package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import org.sslam.core.ops.Ops;

/** Two linear maps with the exact GELU between; children {@code fc1} (hidden, D) and {@code fc2} (D, hidden). */
public final class Mlp extends Module {
    private final Linear fc1;
    private final Linear fc2;

    /**
     * @param dim width D
     * @param hidden width between the maps
     */
    public Mlp(Init init, long dim, long hidden) {
        this.fc1 = child("fc1", Linear.bert(init, dim, hidden));
        this.fc2 = child("fc2", Linear.bert(init, hidden, dim));
    }

    /** (..., D) to (..., D). */
    public NDArray forward(Ops ops, NDArray x) {
        return ops.mlp(
                x,
                fc1.weight().value(),
                fc1.bias().value(),
                fc2.weight().value(),
                fc2.bias().value());
    }
}
