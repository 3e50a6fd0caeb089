package org.sslam.core.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.TorchBridge;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.sslam.core.UserException;
import org.sslam.core.engine.HostCopy;
import org.sslam.core.engine.Tensors;
import org.sslam.core.io.DType;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.SafetensorsWriter;

/** Moves tensors between modules and safetensors files, by name, in float32. */
public final class Weights {
    private static final int NAMED_AT_MOST = 3;

    private Weights() {}

    /** Writes tensors in the map's order; arrays in main memory are written in place, those of a GPU copied one by one. */
    public static void write(Path path, Map<String, String> metadata, Map<String, NDArray> tensors) {
        List<SafetensorsWriter.Deferred> list = new ArrayList<>();
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            NDArray array = entry.getValue();
            if (array.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(entry.getKey() + " is " + array.getDataType() + ", not float32");
            }
            list.add(new SafetensorsWriter.Deferred(
                    entry.getKey(), DType.F32, array.getShape().getShape(), () -> bytes(array)));
        }
        SafetensorsWriter.writeDeferred(path, metadata, list);
    }

    /**
     * Copies a file's tensors into arrays of the same names and shapes.
     *
     * @param tensors where to
     * @param allowExtra whether the file may hold more than that
     * @throws UserException if a tensor is missing, has another shape, or is left over; the first few are named
     */
    public static void read(Path path, Map<String, NDArray> tensors, boolean allowExtra) {
        try (SafetensorsFile file = Safetensors.open(path)) {
            List<String> wrong = mismatches(file, tensors, allowExtra);
            if (!wrong.isEmpty()) {
                String more = wrong.size() > NAMED_AT_MOST ? " and " + (wrong.size() - NAMED_AT_MOST) + " more" : "";
                throw new UserException(path + " does not fit the model: "
                        + String.join("; ", wrong.subList(0, Math.min(NAMED_AT_MOST, wrong.size()))) + more
                        + "; use a checkpoint of the same sizes, or the configuration that it was trained with");
            }
            tensors.forEach((name, array) -> Tensors.fill(array, file.floats(name)));
        }
    }

    private static ByteBuffer bytes(NDArray array) {
        if (!array.getDevice().isGpu()) {
            return TorchBridge.bytes((PtNDArray) array);
        }
        return HostCopy.read(array, copy -> {
            ByteBuffer bytes = TorchBridge.bytes((PtNDArray) copy);
            return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        });
    }

    private static List<String> mismatches(SafetensorsFile file, Map<String, NDArray> tensors, boolean allowExtra) {
        List<String> wrong = new ArrayList<>();
        tensors.forEach((name, array) -> {
            if (!file.names().contains(name)) {
                wrong.add(name + " is missing");
            } else if (!Arrays.equals(file.info(name).shape(), array.getShape().getShape())) {
                wrong.add(name + " has shape " + Arrays.toString(file.info(name).shape()) + ", the model needs "
                        + array.getShape());
            }
        });
        if (!allowExtra) {
            TreeSet<String> extra = new TreeSet<>(file.names());
            extra.removeAll(tensors.keySet());
            extra.forEach(name -> wrong.add(name + " is not part of the model"));
        }
        return wrong;
    }
}
