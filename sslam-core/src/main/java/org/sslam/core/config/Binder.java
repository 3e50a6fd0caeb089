package org.sslam.core.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds records from sections: defaults filled in, constructors' complaints given the place they belong to. */
final class Binder {
    private Binder() {}

    static <R extends Record> R bind(ConfigNode.Section root, Class<R> type) {
        UnknownKeys.check(root, type);
        return type.cast(section(type, root, ""));
    }

    private static Object value(Type type, ConfigNode node, String path) {
        Class<?> raw = Schema.raw(type);
        boolean isNull = node instanceof ConfigNode.Scalar scalar && scalar.value() == null;
        if (raw == Optional.class) {
            return isNull ? Optional.empty() : Optional.of(value(Schema.argument(type, 0), node, path));
        }
        if (raw == OptionalInt.class) {
            return isNull ? OptionalInt.empty() : OptionalInt.of((int) Scalars.convert(int.class, node, path));
        }
        if (raw == OptionalLong.class) {
            return isNull ? OptionalLong.empty() : OptionalLong.of((long) Scalars.convert(long.class, node, path));
        }
        if (raw == OptionalDouble.class) {
            return isNull
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) Scalars.convert(double.class, node, path));
        }
        if (raw == List.class) {
            return items(Schema.argument(type, 0), node, path);
        }
        if (raw == Map.class) {
            return map(Schema.argument(type, 1), node, path);
        }
        if (raw.isRecord()) {
            return section(raw, node, path);
        }
        return Scalars.convert(raw, node, path);
    }

    private static Object items(Type element, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Items list)) {
            throw Scalars.mistyped(node, path, "a list");
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            bound.add(value(element, list.items().get(i), path + "[" + i + "]"));
        }
        return List.copyOf(bound);
    }

    private static Object map(Type element, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Section section)) {
            throw Scalars.mistyped(node, path, "a section");
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        section.entries().forEach((key, below) -> bound.put(key, value(element, below, path + "." + key)));
        return Collections.unmodifiableMap(bound);
    }

    private static Object section(Class<?> type, ConfigNode node, String path) {
        Map<String, ConfigNode> entries;
        if (node instanceof ConfigNode.Section section) {
            entries = section.entries();
        } else if (node instanceof ConfigNode.Scalar scalar && scalar.value() == null) {
            entries = Map.of();
        } else {
            throw Scalars.mistyped(node, path, "a section");
        }
        List<Object> arguments = new ArrayList<>();
        for (Schema.Field field : Schema.fields(type)) {
            String key = path.isEmpty() ? field.name() : path + "." + field.name();
            ConfigNode given = entries.get(field.name());
            arguments.add(given == null ? fallback(field, key, node.place()) : value(field.type(), given, key));
        }
        return construct(type, arguments, node.place(), path);
    }

    private static Object fallback(Schema.Field field, String path, Place section) {
        if (field.fallback().isPresent()) {
            Place place = new Place("default of '" + path + "'", 0);
            return value(field.type(), YamlReader.read(field.fallback().get(), line -> place), path);
        }
        Class<?> raw = Schema.raw(field.type());
        if (raw.isRecord() || Schema.isOptional(raw)) {
            return value(field.type(), new ConfigNode.Scalar(null, "", section), path);
        }
        String meaning = field.doc().isEmpty() ? "" : " (" + field.doc() + ")";
        throw section.error("missing required key '" + path + "'" + meaning);
    }

    private static Object construct(Class<?> type, List<Object> arguments, Place place, String path) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException complaint) {
                String where = path.isEmpty() ? "" : "'" + path + "': ";
                throw place.error(where + complaint.getMessage(), complaint);
            }
            if (e.getCause() instanceof RuntimeException other) {
                throw other;
            }
            throw new IllegalStateException("the constructor of " + type + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be built", e);
        }
    }
}
