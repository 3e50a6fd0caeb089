package org.sslam.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a configuration file that remembers where it was written. */
sealed interface ConfigNode {
    Place place();

    /** The value as plain maps, lists and scalars. */
    Object plain();

    /** What it is, for an error message. */
    String describe();

    /**
     * A single value.
     *
     * @param value null, Boolean, Long, Double or String, by YAML 1.2's core schema
     * @param text as it was written
     */
    record Scalar(Object value, String text, Place place) implements ConfigNode {
        @Override
        public Object plain() {
            return value;
        }

        @Override
        public String describe() {
            return value == null ? "nothing" : "'" + text + "'";
        }

        /** Whether nothing stands behind the key, as opposed to a null in words. */
        boolean isBlank() {
            return value == null && text.isEmpty();
        }
    }

    /** A list. */
    record Items(List<ConfigNode> items, Place place) implements ConfigNode {
        @Override
        public Object plain() {
            List<Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Keys and values, in the order in which they were written. */
    record Section(Map<String, ConfigNode> entries, Place place) implements ConfigNode {
        /** Keeps the map from being changed. */
        public Section {
            entries = Collections.unmodifiableMap(entries);
        }

        @Override
        public Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }

        @Override
        public String describe() {
            return "a section";
        }

        /**
         * These entries, replaced and extended by those of {@code over}; sections are merged, lists replaced. The place
         * is the upper file's, but an override has no line and leaves it.
         */
        Section mergedWith(Section over) {
            Map<String, ConfigNode> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((key, value) -> merged.merge(key, value, Section::merge));
            return new Section(merged, over.place.line() > 0 ? over.place : place);
        }

        Section without(String key) {
            Map<String, ConfigNode> rest = new LinkedHashMap<>(entries);
            rest.remove(key);
            return new Section(rest, place);
        }

        private static ConfigNode merge(ConfigNode base, ConfigNode over) {
            if (base instanceof Section below && over instanceof Section above) {
                return below.mergedWith(above);
            }
            boolean blank = over instanceof Scalar scalar && scalar.isBlank();
            return base instanceof Section && blank ? base : over;
        }
    }
}
