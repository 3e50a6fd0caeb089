package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.TorchBridge;

/**
 * A trainable tensor: its values, and for the length of a training step a leaf of the graph that shares their memory.
 *
 * <p>A fresh leaf a step lets the backward pass hand its gradient over instead of adding it to a buffer of zeros, and
 * frees gradients with the step.
 */
public final class Parameter {
    private final NDArray data;
    private NDArray leaf;

    /**
     * @param data the values, owned by the module's manager
     */
    public Parameter(NDArray data) {
        this.data = data;
    }

    /** What the forward pass computes with: the leaf inside a training step, the values elsewhere. */
    public NDArray value() {
        return leaf == null ? data : leaf;
    }

    /** The values, outside any graph. */
    public NDArray data() {
        return data;
    }

    /** Shape of the values. */
    public Shape shape() {
        return data.getShape();
    }

    /** Opens a training step: from now on {@link #value()} collects a gradient. */
    public void beginStep() {
        if (leaf != null) {
            throw new IllegalStateException("a training step is already open on this parameter");
        }
        leaf = TorchBridge.leaf((PtNDArray) data);
    }

    /** The gradient collected since {@link #beginStep()}; zeros if none arrived. The caller closes it. */
    public NDArray gradient() {
        return leaf.getGradient();
    }

    /** Ends the training step and frees the gradient. */
    public void endStep() {
        if (leaf != null) {
            leaf.close();
            leaf = null;
        }
    }
}
