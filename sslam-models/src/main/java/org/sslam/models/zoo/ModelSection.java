package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.UserException;

/**
 * Makes the {@code model} section of a description, and single facts beside it, out of named sizes.
 *
 * <p>A line says a key's value: alternatives between {@code |}, of which the first that can be had counts; each a size, a
 * number, true, false, an empty list, a text in single quotes, {@code has NAME} for whether there is a tensor, or
 * {@code windows PREFIX} for windows of attention heads, see {@link WindowTables}; each with or without a condition,
 * {@code if a}, {@code if a = b} or {@code if a < b}, over named sizes. What the tensors say counts most, then what is
 * known beside them, then what is constant.
 */
final class ModelSection {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern REAL = Pattern.compile("[0-9.]+([eE]-?[0-9]+)?");
    private static final Pattern CONDITION = Pattern.compile("(.+) if (\\w+)(?: ([=<]) (\\w+))?");
    private static final String HAS = "has ";
    private static final String WINDOWS = "windows ";

    private final Map<String, Long> sizes;
    private final Map<String, long[]> shapes;

    /**
     * @param sizes the named sizes
     * @param shapes of the tensors that are wanted, by name
     */
    ModelSection(Map<String, Long> sizes, Map<String, long[]> shapes) {
        this.sizes = sizes;
        this.shapes = shapes;
    }

    /**
     * The section.
     *
     * @param beside the section that the weights were exported with; may be missing
     */
    ObjectNode of(List<Layout.ModelLine> lines, JsonNode beside) {
        ObjectNode section =
                beside instanceof ObjectNode known ? known.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Layout.ModelLine line : lines) {
            if (line.when().isPresent() && !shapes.containsKey(line.when().get())) {
                continue;
            }
            String[] path = line.key().split("\\.");
            ObjectNode node = section;
            for (int i = 0; i < path.length - 1; i++) {
                node = node.path(path[i]) instanceof ObjectNode inner ? inner : node.putObject(path[i]);
            }
            put(node, path[path.length - 1], line);
        }
        return section;
    }

    /** The size that the first alternative of a line is, if it is one and is known. */
    static OptionalLong size(String value, Map<String, Long> sizes) {
        String first = value.split("\\|")[0].strip();
        boolean plain = first.matches("[A-Za-z0-9]+([*/-][A-Za-z0-9]+)*")
                && constant(first).isEmpty();
        return plain ? SizeExpression.of(first).value(sizes) : OptionalLong.empty();
    }

    private void put(ObjectNode node, String key, Layout.ModelLine line) {
        for (String alternative : line.value().split("\\|")) {
            String text = alternative.strip();
            Optional<JsonNode> constant = constant(text);
            if (constant.isPresent()) {
                if (!node.has(key)) {
                    node.set(key, constant.get());
                }
                return;
            }
            Optional<JsonNode> value = ofTensors(text, node.path(key));
            if (value.isPresent()) {
                node.set(key, value.get());
                return;
            }
        }
        if (!node.has(key)) {
            throw new UserException("the tensors do not say " + line.key() + " (" + line.value()
                    + "); the file may be of another kind");
        }
    }

    private Optional<JsonNode> ofTensors(String text, JsonNode known) {
        Matcher condition = CONDITION.matcher(text);
        if (condition.matches()) {
            String value = condition.group(1);
            return holds(condition) ? constant(value).or(() -> ofTensors(value, known)) : Optional.empty();
        }
        if (text.startsWith(HAS)) {
            return Optional.of(JsonNodeFactory.instance.booleanNode(shapes.containsKey(text.substring(HAS.length()))));
        }
        if (text.startsWith(WINDOWS)) {
            return WindowTables.of(text.substring(WINDOWS.length()), shapes).map(tables -> tables.list(known, sizes));
        }
        OptionalLong size = SizeExpression.of(text).value(sizes);
        return size.isPresent()
                ? Optional.of(JsonNodeFactory.instance.numberNode(Math.toIntExact(size.getAsLong())))
                : Optional.empty();
    }

    private boolean holds(Matcher condition) {
        Long left = sizes.get(condition.group(2));
        if (left == null || condition.group(3) == null) {
            return left != null && left > 0;
        }
        Long right = sizes.get(condition.group(4));
        return right != null && (condition.group(3).equals("=") ? left.equals(right) : left < right);
    }

    private static Optional<JsonNode> constant(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (WHOLE.matcher(text).matches()) {
            return Optional.of(nodes.numberNode(Integer.parseInt(text)));
        }
        if (REAL.matcher(text).matches()) {
            return Optional.of(nodes.numberNode(Double.parseDouble(text)));
        }
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(nodes.booleanNode(Boolean.parseBoolean(text)));
        }
        if (text.startsWith("'") && text.endsWith("'")) {
            return Optional.of(nodes.textNode(text.substring(1, text.length() - 1)));
        }
        return text.equals("[]") ? Optional.of(nodes.arrayNode()) : Optional.empty();
    }
}
