package org.sslam.train.distributed;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/**
 * The one seam between processes: sums over all ranks what each computed of the same step.
 *
 * <p>Order of a call on every rank: gradients, then the sample size. An implementation must give bit-identical sums on
 * all ranks.
 */
public interface GradientReducer {
    /** Number of processes. */
    int world();

    /** Number of this process, from 0. */
    int rank();

    /** Replaces each gradient by its sum over ranks, in place. */
    void sumGradients(Collection<NDArray> gradients);

    /** The sum of a number over ranks. */
    double sum(double value);
}
