package org.sslam.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.sslam.core.io.Hashes;

/** Configurations as plain maps, lists and scalars, and from there to YAML text and a hash. */
final class Plain {
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final double LARGEST_EXACT_INTEGER = 0x1.0p53;

    private Plain() {}

    static Map<String, Object> of(Record bound) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (RecordComponent component : bound.getClass().getRecordComponents()) {
            plain.put(component.getName(), value(get(component, bound)));
        }
        return plain;
    }

    static String yaml(Map<String, Object> plain) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSchema(new CoreSchema())
                .setDereferenceAliases(true)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(plain);
    }

    /** SHA-256 over keys in sorted order; 1 and 1.0 are the same number. */
    static String hash(Map<String, Object> plain) {
        try {
            return Hashes.sha256(SORTED.writeValueAsString(normalized(plain)).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values always have a JSON form", e);
        }
    }

    private static Object value(Object value) {
        if (value instanceof Record bound) {
            return of(bound);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Plain::value).orElse(null);
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? (Object) (long) optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? (Object) optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? (Object) optional.getAsDouble() : null;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(value(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, below) -> plain.put((String) key, value(below)));
            return plain;
        }
        return scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        if (value instanceof Float real) {
            return Double.valueOf(real.toString());
        }
        if (value instanceof Path path) {
            return path.toString();
        }
        return value instanceof Enum<?> constant ? Scalars.spelled(constant) : value;
    }

    private static Object get(RecordComponent component, Record bound) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(bound);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object normalized(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, below) -> copy.put(key, normalized(below)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(normalized(item)));
            return copy;
        }
        boolean whole =
                value instanceof Double real && real == Math.rint(real) && Math.abs(real) < LARGEST_EXACT_INTEGER;
        return whole ? (Object) ((Double) value).longValue() : value;
    }
}
