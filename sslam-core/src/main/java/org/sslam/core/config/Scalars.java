package org.sslam.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.sslam.core.UserException;

/** Single values: from YAML to the types that records have. */
final class Scalars {
    private static final Map<Class<?>, String> NAMES = Map.of(
            int.class, "an integer",
            long.class, "an integer",
            OptionalInt.class, "an integer",
            OptionalLong.class, "an integer",
            double.class, "a number",
            float.class, "a number",
            OptionalDouble.class, "a number",
            boolean.class, "true or false",
            String.class, "text",
            Path.class, "a path");

    private static final Map<Class<?>, Class<?>> UNBOXED = Map.of(
            Integer.class, int.class,
            Long.class, long.class,
            Double.class, double.class,
            Float.class, float.class,
            Boolean.class, boolean.class);

    private Scalars() {}

    /** A Java type in a user's words, with its article. */
    static String name(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", constants(type));
        }
        String name = NAMES.get(unboxed(type));
        if (name == null) {
            throw new IllegalStateException("configuration records cannot hold " + type);
        }
        return name;
    }

    /** The value as an object of {@code type}, or an error that names key, place and what was found. */
    static Object convert(Class<?> boxed, ConfigNode node, String path) {
        Class<?> type = unboxed(boxed);
        String expected = name(type);
        if (!(node instanceof ConfigNode.Scalar scalar) || (scalar.value() == null && !isBlankText(type, scalar))) {
            throw mistyped(node, path, expected);
        }
        Object value = scalar.value();
        if (type == String.class) {
            return scalar.text();
        }
        if (type == Path.class) {
            return path(scalar, path, expected);
        }
        if (type.isEnum()) {
            return constant(type, scalar, path);
        }
        return number(type, value)
                .or(() -> type == boolean.class && value instanceof Boolean ? Optional.of(value) : Optional.empty())
                .orElseThrow(() -> mistyped(node, path, expected));
    }

    /** Enum constants as configurations spell them. */
    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isBlankText(Class<?> type, ConfigNode.Scalar scalar) {
        return type == String.class && scalar.isBlank();
    }

    private static Class<?> unboxed(Class<?> type) {
        return UNBOXED.getOrDefault(type, type);
    }

    private static Optional<Object> number(Class<?> type, Object value) {
        if (value instanceof Long whole) {
            return wholeNumber(type, whole);
        }
        if (value instanceof Double real && !Double.isFinite(real)) {
            return Optional.empty();
        }
        if (value instanceof Double real && type == double.class) {
            return Optional.of(real);
        }
        boolean fits = value instanceof Double real
                && type == float.class
                && Float.isInfinite(real.floatValue()) == Double.isInfinite(real);
        return fits ? Optional.of(((Double) value).floatValue()) : Optional.empty();
    }

    private static Optional<Object> wholeNumber(Class<?> type, long whole) {
        if (type == int.class) {
            return whole == (int) whole ? Optional.of((int) whole) : Optional.empty();
        }
        if (type == long.class) {
            return Optional.of(whole);
        }
        if (type == double.class) {
            return Optional.of((double) whole);
        }
        return type == float.class ? Optional.of((float) whole) : Optional.empty();
    }

    private static Path path(ConfigNode.Scalar scalar, String key, String expected) {
        try {
            return Path.of(scalar.text());
        } catch (InvalidPathException e) {
            throw mistyped(scalar, key, expected);
        }
    }

    private static Object constant(Class<?> type, ConfigNode.Scalar scalar, String path) {
        String wanted = scalar.text().replace('-', '_');
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(wanted)) {
                return constant;
            }
        }
        String message = "'" + path + "' must be " + name(type) + ", found " + scalar.describe();
        throw scalar.place().error(message + Suggestions.phrase(wanted.toLowerCase(Locale.ROOT), constants(type)));
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> spelled((Enum<?>) constant))
                .collect(Collectors.toList());
    }

    static UserException mistyped(ConfigNode node, String path, String expected) {
        return node.place().error("'" + path + "' must be " + expected + ", found " + node.describe());
    }
}
