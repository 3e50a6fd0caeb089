package org.sslam.models.zoo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.core.io.DType;
import org.sslam.core.io.SafetensorsWriter.Deferred;

/** The tensors of one network of a file as they are written: in float32, with the positions that clips need. */
final class ImportedTensors {
    private static final long MOST_TIMES_THE_FILE = 8;
    private static final long ALWAYS_ALLOWED_BYTES = 1 << 20;

    private final Assignment network;
    private final Set<String> parts;
    private final ClipShape clip;
    private final List<String> names;

    /**
     * @param network whose tensors have been checked
     * @param parts that are wanted
     * @param sizes named sizes
     * @param clip says which positions
     */
    ImportedTensors(Assignment network, Set<String> parts, Map<String, Long> sizes, ClipShape clip) {
        this.network = network;
        this.parts = parts;
        this.clip = clip;
        this.names = network.expected(sizes, parts).keySet().stream()
                .filter(network.sources()::containsKey)
                .toList();
    }

    /**
     * The tensors, read when they are written.
     *
     * @param fileBytes size of the file: views of the same bytes must not multiply beyond it
     */
    List<Deferred> deferred(long fileBytes) {
        List<Deferred> list = new ArrayList<>();
        String positions = network.kind().layout().positions().tensor();
        double bytes = 0;
        for (String name : names) {
            Assignment.Source source = network.sources().get(name);
            if (name.equals(positions)) {
                StoredPositions table = clip.table();
                long[] shape = {1, table.leading() + table.rows(), table.width()};
                list.add(new Deferred(name, DType.F32, shape, () -> finite(name, table.values())));
            } else {
                bytes += (double) Float.BYTES * source.elements();
                list.add(new Deferred(name, DType.F32, source.shape(), () -> finite(name, network.floats(name))));
            }
        }
        if (bytes > MOST_TIMES_THE_FILE * (double) fileBytes + ALWAYS_ALLOWED_BYTES) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "%s has %,d bytes, and its tensors would have %,.0f: many of them are the same bytes, so it is no"
                            + " file of weights; get it again",
                    network.path(),
                    fileBytes,
                    bytes));
        }
        return list;
    }

    /** How many tensors lose digits, in a line for people. */
    Optional<String> narrowed() {
        long count =
                names.stream().filter(name -> network.dtype(name) == DType.F64).count();
        return count == 0 ? Optional.empty() : Optional.of(count + " tensors were rounded from float64 to float32");
    }

    /** Values of all tensors. */
    long values() {
        return parts.stream().mapToLong(network::elements).sum();
    }

    /** Values of the tensors that are trained. */
    long trained() {
        return network.kind().layout().parts().stream()
                .filter(part -> part.trained() && parts.contains(part.name()))
                .mapToLong(part -> network.elements(part.name()))
                .sum();
    }

    private ByteBuffer finite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                String tensor = network.path() + ": tensor '"
                        + network.sources().get(name).name() + "' holds a number that ";
                throw new UserException(
                        network.isFiniteInFile(name)
                                ? tensor + "does not fit float32; scale or remove it before saving the file"
                                : tensor + "is not finite; the training that wrote it had failed, get another file");
            }
        }
        return ModelFolderWriter.bytes(values);
    }
}
