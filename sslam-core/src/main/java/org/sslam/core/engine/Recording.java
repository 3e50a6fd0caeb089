package org.sslam.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.TorchBridge;

/**
 * Records this thread's operations for a backward pass, for the length of a try block.
 *
 * <pre>
 * try (Recording recording = Recording.start()) {
 *     NDArray loss = ...;
 *     recording.backward(loss);
 * }
 * </pre>
 */
public final class Recording implements AutoCloseable {
    private final boolean before;

    private Recording() {
        before = TorchBridge.isGradMode();
        TorchBridge.setGradMode(true);
    }

    /** Records until closed. */
    public static Recording start() {
        return new Recording();
    }

    /** Back-propagates from a scalar and frees the graph. */
    public void backward(NDArray loss) {
        try (NDManager scratch = loss.getManager().newSubManager()) {
            NDArray one = scratch.ones(loss.getShape(), loss.getDataType());
            TorchBridge.backward((PtNDArray) loss, (PtNDArray) one);
        }
    }

    @Override
    public void close() {
        TorchBridge.setGradMode(before);
    }
}
