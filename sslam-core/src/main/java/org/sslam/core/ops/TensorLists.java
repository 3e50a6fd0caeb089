package org.sslam.core.ops;

import ai.djl.ndarray.NDList;

/** Updates of whole lists of tensors, in place and outside autograd: what optimisers and moving averages are made of. */
public interface TensorLists {
    /** {@code a_i += weight * (b_i - a_i)}. */
    void lerp(NDList a, NDList b, double weight);

    /** {@code to_i = source_i}. */
    void copy(NDList to, NDList source);

    /** Square root of the sum of all squares, in float32. */
    float globalNorm(NDList x);

    /**
     * One AdamW update with decoupled weight decay.
     *
     * @param parameters updated in place
     * @param gradients read only
     * @param first first moments, updated in place
     * @param second second moments, updated in place
     * @param step what the update is made of
     */
    void adamw(NDList parameters, NDList gradients, NDList first, NDList second, AdamWStep step);
}
