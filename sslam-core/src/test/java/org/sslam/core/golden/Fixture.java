package org.sslam.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;

/** One golden fixture: its index and, where it has any, its tensors. */
public final class Fixture {
    private static final Pattern LEADING_NUMBER =
            Pattern.compile("\\s*([-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?).*", Pattern.DOTALL);

    private final String name;
    private final JsonNode index;
    private final Optional<Path> tensors;

    Fixture(String name, JsonNode index, Optional<Path> tensors) {
        this.name = name;
        this.index = index;
        this.tensors = tensors;
    }

    /** The whole index. */
    public JsonNode index() {
        return index;
    }

    /** The sizes and options; a missing node if the index has none. */
    public JsonNode config() {
        return index.path("config");
    }

    /** A case of an index that is laid out by case, with its own config, tolerance and tensors. */
    public JsonNode kase(String caseName) {
        JsonNode found = index.path("cases").path(caseName);
        if (found.isMissingNode()) {
            throw new AssertionError(name + " has no case " + caseName);
        }
        return found;
    }

    /**
     * A number of the fixture's {@code tolerance}; of a text such as "1e-3 * max|grad|" its leading number.
     *
     * @param fallback where the index does not say
     */
    public double tolerance(String key, double fallback) {
        JsonNode value = index.path("tolerance").path(key);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        Matcher text = LEADING_NUMBER.matcher(value.asText(""));
        return text.matches() ? Double.parseDouble(text.group(1)) : fallback;
    }

    /** Whether the tensor file has this tensor. */
    public boolean has(String tensor) {
        return names().contains(tensor);
    }

    /** Names of all tensors, sorted; none without a tensor file. */
    public Set<String> names() {
        return tensors.isEmpty() ? Set.of() : read(file -> new TreeSet<>(file.names()));
    }

    /** What the index says of a tensor in words; empty where it says nothing. */
    public String doc(String tensor) {
        return index.path("tensors").path(tensor).path("doc").asText("");
    }

    /**
     * What stands before {@code suffix} in the names of the tensors, sorted: the cases of the fixture.
     *
     * @throws AssertionError if no tensor has that suffix
     */
    public List<String> prefixes(String suffix) {
        List<String> found = names().stream()
                .filter(tensor -> tensor.endsWith(suffix))
                .map(tensor -> tensor.substring(0, tensor.length() - suffix.length()))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError(name + " has no case: no tensor ends in '" + suffix + "'");
        }
        return found;
    }

    /** Values as float32, row-major. */
    public float[] floats(String tensor) {
        return read(file -> file.floats(tensor));
    }

    /** Values of an integer or boolean tensor, row-major. */
    public long[] longs(String tensor) {
        return read(file -> file.longs(tensor));
    }

    /** Sizes; empty for a scalar. */
    public long[] shape(String tensor) {
        return read(file -> file.info(tensor).shape());
    }

    @Override
    public String toString() {
        return name;
    }

    private <T> T read(Function<SafetensorsFile, T> reader) {
        Path path = tensors.orElseThrow(() -> new AssertionError(name + " has no tensors"));
        try (SafetensorsFile file = Safetensors.open(path)) {
            return reader.apply(file);
        }
    }
}
