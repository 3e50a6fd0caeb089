package org.sslam.train.distributed;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** A world of one process: every sum is the value itself. */
public final class SingleProcess implements GradientReducer {
    @Override
    public int world() {
        return 1;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public void sumGradients(Collection<NDArray> gradients) {
        // one rank: the sum is the gradient itself
    }

    @Override
    public double sum(double value) {
        return value;
    }
}
