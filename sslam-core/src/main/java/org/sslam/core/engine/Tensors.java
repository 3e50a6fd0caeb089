package org.sslam.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.TorchBridge;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Java values in the engine's own memory.
 *
 * <p>On the CPU, {@code NDManager.create} only borrows a Java buffer, which the collector frees once the array is closed,
 * even while a recorded graph still needs it for its backward pass. What a graph may keep is therefore made here.
 */
public final class Tensors {
    private Tensors() {}

    /** Float32 values, row-major. */
    public static NDArray of(NDManager manager, float[] values, Shape shape) {
        if (manager.getDevice().isGpu()) {
            return Upload.array(manager, shape, DataType.FLOAT32, host -> fill(host, values));
        }
        NDArray array = manager.zeros(shape, DataType.FLOAT32);
        fill(array, values);
        return array;
    }

    /** Row numbers, int64, one axis. */
    public static NDArray rows(NDManager manager, long[] rows) {
        if (manager.getDevice().isGpu()) {
            return Upload.array(manager, new Shape(rows.length), DataType.INT64, host -> fill(host, rows));
        }
        NDArray array = manager.zeros(new Shape(rows.length), DataType.INT64);
        fill(array, rows);
        return array;
    }

    /** Row numbers counted from another first row. */
    public static long[] shifted(long[] rows, long by) {
        return by == 0 ? rows : Arrays.stream(rows).map(row -> row + by).toArray();
    }

    private static void fill(NDArray array, long[] rows) {
        TorchBridge.bytes((PtNDArray) array).asLongBuffer().put(rows);
    }

    /** Overwrites a float32 array's values. */
    public static void fill(NDArray array, float[] values) {
        if (array.getDevice().isGpu()) {
            array.set(FloatBuffer.wrap(values));
            return;
        }
        if (values.length != array.size()) {
            throw new IllegalArgumentException(values.length + " values for an array of " + array.size());
        }
        TorchBridge.bytes((PtNDArray) array).asFloatBuffer().put(values);
    }
}
