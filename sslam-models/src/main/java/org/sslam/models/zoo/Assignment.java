package org.sslam.models.zoo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.sslam.core.UserException;
import org.sslam.core.io.DType;
import org.sslam.core.io.Elements;
import org.sslam.core.io.TensorFile;

/**
 * Which tensor of a file is which tensor of a layout, and which have no place; whether that is a network is for
 * {@link FitCheck} to say.
 */
final class Assignment {
    private final TensorFile file;
    private final WeightKind kind;
    private final String root;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Integer> dropped = new TreeMap<>();
    private final Set<String> leftOver = new TreeSet<>();

    /**
     * A tensor of the file under its name here.
     *
     * @param name in the file
     * @param axes how its axes are reordered
     * @param shape after reordering
     * @param part of the layout
     */
    record Source(String name, Axes axes, long[] shape, String part) {
        long elements() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    private Assignment(TensorFile file, WeightKind kind, String root) {
        this.file = file;
        this.kind = kind;
        this.root = root;
    }

    /**
     * Assigns every tensor below a root.
     *
     * @param root what stands before the names
     * @throws UserException if two tensors have the same place, or one with a place is empty
     */
    static Assignment of(TensorFile file, WeightKind kind, String root) {
        Assignment assignment = new Assignment(file, kind, root);
        file.names().forEach(assignment::assign);
        return assignment;
    }

    private void assign(String name) {
        if (!name.startsWith(root)) {
            dropped.merge("outside the network (state of the training)", 1, Integer::sum);
            return;
        }
        String own = name.substring(root.length());
        Optional<String> reason = kind.dropped(own);
        if (reason.isPresent()) {
            dropped.merge(reason.get(), 1, Integer::sum);
            return;
        }
        WeightKind.Place place = kind.forward(own);
        Optional<String> part = kind.layout()
                .find(place.name())
                .map(entry -> entry.part().name())
                .filter(kind.parts()::contains);
        long[] shape = file.shape(name);
        if (part.isEmpty() || !place.axes().fits(shape.length)) {
            leftOver.add(name);
            return;
        }
        if (Arrays.stream(shape).anyMatch(length -> length < 1 || length > Integer.MAX_VALUE)) {
            throw new UserException(file.path() + ": tensor '" + name + "' has the shape " + Arrays.toString(shape)
                    + ", which no weights have; get the file again");
        }
        Source before = sources.put(
                place.name(), new Source(name, place.axes(), place.axes().shape(shape), part.get()));
        if (before != null) {
            throw new UserException(file.path() + " has '" + before.name() + "' and '" + name
                    + "', which are the same tensor here; remove one of them");
        }
    }

    /** The file. */
    Path path() {
        return file.path();
    }

    /** The kind of the file. */
    WeightKind kind() {
        return kind;
    }

    /** The tensors by their names here, in the order of the file. */
    Map<String, Source> sources() {
        return sources;
    }

    /** How many tensors were left out by the reason. */
    Map<String, Integer> dropped() {
        return dropped;
    }

    /** Tensors below the root that have no place here, by their names in the file. */
    Set<String> leftOver() {
        return leftOver;
    }

    /** The shapes by the names here. */
    Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        sources.forEach((name, source) -> shapes.put(name, source.shape()));
        return shapes;
    }

    /**
     * The named sizes that the tensors fix.
     *
     * @throws UserException if the numbers in their names are impossible
     */
    Map<String, Long> sizes() {
        return possible(() -> kind.layout().sizes(shapes()));
    }

    /**
     * Every tensor that a network of these sizes has.
     *
     * @throws UserException if there are more than any network has
     */
    Map<String, Layout.Entry> expected(Map<String, Long> sizes, Set<String> parts) {
        return possible(() -> kind.layout().expected(sizes, parts));
    }

    /** What stands before the names in the file. */
    String root() {
        return root;
    }

    private <T> T possible(Supplier<T> ofNames) {
        try {
            return ofNames.get();
        } catch (IllegalArgumentException e) {
            throw new UserException(file.path() + ": " + e.getMessage(), e);
        }
    }

    /** The shapes of the tensors of some parts. */
    Map<String, long[]> shapes(Set<String> parts) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            if (parts.contains(source.part())) {
                shapes.put(name, source.shape());
            }
        });
        return shapes;
    }

    /** The parts of which the file has at least one tensor. */
    Set<String> partsPresent() {
        Set<String> parts = new TreeSet<>();
        sources.values().forEach(source -> parts.add(source.part()));
        return parts;
    }

    /** The part that a tensor here belongs to. */
    String part(String name) {
        return sources.get(name).part();
    }

    /** Number of values of the tensors of a part. */
    long elements(String part) {
        return sources.values().stream()
                .filter(source -> source.part().equals(part))
                .mapToLong(Source::elements)
                .sum();
    }

    /** The element type of a tensor here, as the file has it. */
    DType dtype(String name) {
        return file.dtype(sources.get(name).name());
    }

    /** Whether the file's own number is finite where float32 has none: only float64 has greater ones. */
    boolean isFiniteInFile(String name) {
        Source source = sources.get(name);
        if (file.dtype(source.name()) != DType.F64) {
            return false;
        }
        return DoubleStream.of(doubles(file.bytes(source.name()))).allMatch(Double::isFinite);
    }

    private static double[] doubles(ByteBuffer bytes) {
        DoubleBuffer view = bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        double[] values = new double[view.remaining()];
        view.get(values);
        return values;
    }

    /** The values of a tensor here in float32, row-major, in the order of the axes here. */
    float[] floats(String name) {
        Source source = sources.get(name);
        DType dtype = file.dtype(source.name());
        ByteBuffer reordered = source.axes().apply(file.bytes(source.name()), file.shape(source.name()), dtype);
        return Elements.floats(reordered, dtype);
    }
}
