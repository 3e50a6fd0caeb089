package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.io.TensorFile;

/** What a weight file holds: its kind, its tensors, how many values each part has. */
public final class WeightSummary {
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z])[0-9]+(?=[./]|$)|(?<=_)[0-9]+(?=[./]|$)");
    private static final double MILLION = 1e6;

    private final TensorFile file;
    private final Optional<WeightKinds.Found> found;
    private final Optional<Layout> own;
    private final Map<String, Count> parts = new LinkedHashMap<>();

    /** Tensors and values of a part. */
    private static final class Count {
        private final boolean trained;
        private final boolean network;
        private int tensors;
        private long values;

        Count(boolean trained, boolean network) {
            this.trained = trained;
            this.network = network;
        }
    }

    private WeightSummary(TensorFile file, Optional<WeightKinds.Found> found) {
        this.file = file;
        this.own = ownLayout(file.path());
        this.found = own.isPresent() ? Optional.empty() : found;
    }

    /** That of the folder the file lies in, if this library trained what is in it; imports are of a published kind. */
    private static Optional<Layout> ownLayout(Path weights) {
        Path folder = weights.toAbsolutePath().getParent();
        if (!Files.isRegularFile(folder.resolve(ModelFolderWriter.DESCRIPTION))) {
            return Optional.empty();
        }
        JsonNode description = ModelFolderReader.description(folder);
        if (description.has(ModelCard.ORIGIN)) {
            return Optional.empty();
        }
        String format = description.path("format").asText();
        return WeightKinds.all().stream()
                .map(WeightKind::layout)
                .filter(layout -> layout.describes(format))
                .findFirst();
    }

    /** Looks at an open file. */
    public static WeightSummary of(WeightFile weights) {
        TensorFile file = weights.tensors();
        WeightSummary summary = new WeightSummary(file, WeightKinds.detect(weights));
        summary.count();
        return summary;
    }

    private void count() {
        Map<String, String> partOf = new LinkedHashMap<>();
        found.ifPresent(f -> {
            for (Layout.Part part : f.kind().layout().parts()) {
                parts.put(part.name(), new Count(part.trained(), true));
            }
            Assignment network = Assignment.of(file, f.kind(), f.root().student());
            network.sources().forEach((name, source) -> partOf.put(source.name(), network.part(name)));
        });
        own.ifPresent(layout -> {
            layout.parts().forEach(part -> parts.put(part.name(), new Count(part.trained(), true)));
            for (String name : file.names()) {
                layout.find(name)
                        .ifPresent(entry -> partOf.put(name, entry.part().name()));
            }
        });
        for (String name : file.names()) {
            String part = partOf.getOrDefault(name, other(name));
            Count count = parts.computeIfAbsent(part, p -> new Count(true, found.isEmpty() && own.isEmpty()));
            count.tensors++;
            count.values += file.elements(name);
        }
        parts.values().removeIf(count -> count.tensors == 0);
    }

    private String other(String name) {
        boolean isTeacher = found.flatMap(f -> f.root().teacher())
                .filter(root -> name.startsWith(root))
                .isPresent();
        if (isTeacher) {
            return "teacher";
        }
        String first = name.contains("/") ? name.substring(0, name.indexOf('/')) : name.replaceAll("[.].*", "");
        return found.isPresent() || own.isPresent() ? "other: " + first : first;
    }

    /** Values of the network that are trained. */
    public long trained() {
        return parts.values().stream()
                .filter(count -> count.network && count.trained)
                .mapToLong(count -> count.values)
                .sum();
    }

    /** Values of the network, position tables included. */
    public long all() {
        return parts.values().stream()
                .filter(count -> count.network)
                .mapToLong(count -> count.values)
                .sum();
    }

    /**
     * The summary as text.
     *
     * @param every whether each tensor gets a line, not each form of name
     */
    public String text(boolean every) {
        StringBuilder text = new StringBuilder();
        line(text, "file", file.path().toString());
        line(text, "format", file.format());
        line(text, "kind", kind());
        text.append('\n');
        parts.forEach((name, count) -> text.append(String.format(
                Locale.ROOT,
                "%-24s %,14d values %6d tensors%s%n",
                name,
                count.values,
                count.tensors,
                count.trained ? "" : "  fixed")));
        text.append(String.format(
                Locale.ROOT, "%-24s %,14d values trained (%s)%n", "network", trained(), inMillions(trained())));
        text.append(String.format(
                Locale.ROOT, "%-24s %,14d values with position tables (%s)%n%n", "", all(), inMillions(all())));
        rows(every)
                .forEach((name, row) ->
                        text.append(row).append("  ").append(name).append('\n'));
        return text.toString().replace("\r\n", "\n");
    }

    /** The summary as JSON, every tensor listed. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", file.path().toString());
        node.put("format", file.format());
        node.put("kind", found.map(f -> f.kind().name()).orElse(null));
        node.put("trained", trained());
        node.put("all", all());
        ObjectNode counts = node.putObject("parts");
        parts.forEach((name, count) -> counts.putObject(name)
                .put("tensors", count.tensors)
                .put("values", count.values)
                .put("trained", count.trained)
                .put("network", count.network));
        ObjectNode tensors = node.putObject("tensors");
        for (String name : file.names()) {
            ObjectNode tensor = tensors.putObject(name);
            tensor.put("dtype", file.dtype(name).name());
            ArrayNode shape = tensor.putArray("shape");
            Arrays.stream(file.shape(name)).forEach(shape::add);
        }
        return node;
    }

    private String kind() {
        return found.map(f -> f.kind().name() + ": " + f.kind().title())
                .or(() -> own.map(layout -> layout.format() + ": " + layout.title() + ", written by this library"))
                .orElse("unknown (none of those that 'weights import' takes)");
    }

    private static String inMillions(long values) {
        return values < MILLION
                ? String.format(Locale.ROOT, "%.2f M", values / MILLION)
                : String.format(Locale.ROOT, "%.0f M", values / MILLION);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(String.format(Locale.ROOT, "%-8s %s%n", key, value));
    }

    /** Names that differ in their numbers only, and have the same type and shape, share a line. */
    private Map<String, String> rows(boolean every) {
        Map<String, String> shapes = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : file.names()) {
            String row = String.format(Locale.ROOT, "%-5s %-22s", file.dtype(name), Arrays.toString(file.shape(name)));
            Matcher numbers = NUMBER.matcher(name);
            String form = every ? name : numbers.replaceAll("*");
            String key = form + (shapes.containsKey(form) && !shapes.get(form).equals(row) ? " " + name : "");
            shapes.putIfAbsent(key, row);
            counts.merge(key, 1, Integer::sum);
        }
        Map<String, String> rows = new LinkedHashMap<>();
        shapes.forEach((form, row) -> rows.put(form, row + String.format(Locale.ROOT, " x%-4d", counts.get(form))));
        return rows;
    }
}
