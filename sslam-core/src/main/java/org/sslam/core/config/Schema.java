package org.sslam.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What a configuration record asks for: its keys, and below them those of its parts. */
final class Schema {
    private static final int MAX_DEPTH = 16;
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /**
     * One component of a record.
     *
     * @param name the key
     * @param fallback the default as YAML text; empty for a required key
     */
    record Field(String name, Type type, String doc, Optional<String> fallback) {}

    /**
     * One key with its whole path.
     *
     * @param path for example {@code optimizer.lr} or {@code stages[].steps}
     */
    record Row(String path, Field field) {}

    private Schema() {}

    static List<Field> fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(Schema::field).toList();
    }

    private static Field field(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        Optional<String> fallback = Optional.ofNullable(key).map(Key::value).filter(text -> !text.equals(Key.REQUIRED));
        String doc = key == null ? "" : key.doc();
        return new Field(component.getName(), component.getGenericType(), doc, fallback);
    }

    /** All keys, sections included, in the order of the records. */
    static List<Row> rows(Class<?> root) {
        List<Row> rows = new ArrayList<>();
        collect(root, "", rows, 0);
        return rows;
    }

    private static void collect(Class<?> type, String prefix, List<Row> rows, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (Field field : fields(type)) {
            rows.add(new Row(prefix + field.name(), field));
            collectBelow(field.type(), prefix + field.name(), rows, depth);
        }
    }

    private static void collectBelow(Type type, String path, List<Row> rows, int depth) {
        Class<?> raw = raw(type);
        if (raw.isRecord()) {
            collect(raw, path + ".", rows, depth + 1);
        } else if (raw == List.class) {
            collectBelow(argument(type, 0), path + "[]", rows, depth + 1);
        } else if (raw == Map.class) {
            collectBelow(argument(type, 1), path + ".NAME", rows, depth + 1);
        } else if (raw == Optional.class) {
            collectBelow(argument(type, 0), path, rows, depth + 1);
        }
    }

    /** Whether a missing key is an empty value of this type. */
    static boolean isOptional(Class<?> type) {
        return OPTIONALS.contains(type);
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return raw;
        }
        throw new IllegalStateException("configuration records cannot hold " + type);
    }

    static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType generic) {
            return generic.getActualTypeArguments()[index];
        }
        throw new IllegalStateException("configuration records must say what is in their " + type);
    }
}
