package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Tensors;

/**
 * First values of tensors, drawn from the engine's generator; seed it before building a network.
 *
 * <p>PyTorch's defaults, not DJL's: uniform bounds are 1/sqrt(fan in) where a paper is silent.
 */
public final class Init {
    private final NDManager manager;

    /**
     * @param manager owner of the tensors made here
     */
    public Init(NDManager manager) {
        this.manager = manager;
    }

    /** N(0, std^2). */
    public NDArray normal(double std, long... shape) {
        return manager.randomNormal(0f, (float) std, new Shape(shape), DataType.FLOAT32);
    }

    /** U(-bound, bound). */
    public NDArray uniform(double bound, long... shape) {
        return manager.randomUniform((float) -bound, (float) bound, new Shape(shape), DataType.FLOAT32);
    }

    /** All zeros. */
    public NDArray zeros(long... shape) {
        return manager.zeros(new Shape(shape), DataType.FLOAT32);
    }

    /** All ones. */
    public NDArray ones(long... shape) {
        return manager.ones(new Shape(shape), DataType.FLOAT32);
    }

    /** Given values, row-major. */
    public NDArray values(float[] values, long... shape) {
        return Tensors.of(manager, values, new Shape(shape));
    }
}
