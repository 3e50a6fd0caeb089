package org.sslam.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.function.Function;

/**
 * Reads arrays of any device in main memory and gives the memory back.
 *
 * <p>The engine hangs the copy of a GPU's array, and a manager made for it, below the array's own manager: what lives as
 * long as a run would collect one at every reading.
 */
public final class HostCopy {
    private HostCopy() {}

    /**
     * Reads an array.
     *
     * @param reader gets the array itself on the CPU, a copy of a GPU's; must keep neither
     */
    public static <T> T read(NDArray array, Function<NDArray, T> reader) {
        if (!array.getDevice().isGpu()) {
            return reader.apply(array);
        }
        NDArray copy = array.toDevice(Device.cpu(), false);
        try {
            return reader.apply(copy);
        } finally {
            copy.getManager().close();
        }
    }

    /** The values of a float32 array. */
    public static float[] floats(NDArray array) {
        return read(array, NDArray::toFloatArray);
    }
}
