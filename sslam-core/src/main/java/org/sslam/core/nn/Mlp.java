package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import org.sslam.core.engine.StepClock;
import org.sslam.core.ops.Gelu;
import org.sslam.core.ops.Ops;

/** Two linear maps with a GELU between; children {@code fc1} (hidden, D) and {@code fc2} (D, hidden). */
public final class Mlp extends Module {
    private final Linear fc1;
    private final Linear fc2;
    private final Gelu gelu;

    /**
     * BERT's first weights and the exact GELU.
     *
     * @param dim width D
     * @param hidden width between the maps
     */
    public Mlp(Init init, long dim, long hidden) {
        this(Linear.bert(init, dim, hidden), Linear.bert(init, hidden, dim), Gelu.ERF);
    }

    /** Of two maps that fit each other. */
    public Mlp(Linear fc1, Linear fc2, Gelu gelu) {
        this.fc1 = child("fc1", fc1);
        this.fc2 = child("fc2", fc2);
        this.gelu = gelu;
    }

    /** (..., D) to (..., D). */
    public NDArray forward(Ops ops, NDArray x) {
        return StepClock.part(
                "mlp",
                () -> ops.mlp(
                        x,
                        fc1.weight().value(),
                        fc1.bias().value(),
                        fc2.weight().value(),
                        fc2.bias().value(),
                        gelu));
    }
}
