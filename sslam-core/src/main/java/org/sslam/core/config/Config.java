package org.sslam.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Entry to configurations: load a YAML file, show a bound one, describe what a record accepts.
 *
 * <p>Records may hold int, long, float, double, boolean, String, Path, enums (any case, {@code -} for {@code _}),
 * records, {@code List<T>}, {@code Map<String, T>}, {@code Optional<T>}, OptionalInt, OptionalLong and OptionalDouble.
 */
public final class Config {
    private Config() {}

    /**
     * Reads a file, what it {@code extends:} (a path relative to it) and the overrides, later ones winning.
     *
     * @param yaml at most 1 MB, 32 levels and 32 aliases; no tags, no duplicate keys
     * @param overrides each {@code key.path=value}, the value as in YAML
     * @throws org.sslam.core.UserException with file and line
     */
    public static ConfigTree load(Path yaml, List<String> overrides) {
        return new ConfigTree(ConfigLoader.load(yaml, overrides));
    }

    /**
     * Reads a YAML text that extends nothing.
     *
     * @param source what error messages call it
     */
    public static ConfigTree parse(String source, String yaml) {
        return new ConfigTree(ConfigLoader.parse(source, yaml));
    }

    /** A bound record as YAML, defaults included, keys in the order of the records. */
    public static String dump(Record bound) {
        return Plain.yaml(Plain.of(bound));
    }

    /** SHA-256 of a bound record, defaults included, whatever the order of keys. */
    public static String hash(Record bound) {
        return Plain.hash(Plain.of(bound));
    }

    /**
     * The keys in which two YAML texts differ, sorted, each as {@code key (OLD, now NEW)}.
     *
     * @param before for example a run's {@code config.yaml}
     * @param now for example {@link #dump} of the configuration at hand
     */
    public static List<String> differences(String before, String now) {
        Map<String, Object> old = leaves(before);
        Map<String, Object> fresh = leaves(now);
        Map<String, Object> all = new TreeMap<>(old);
        all.putAll(fresh);
        List<String> differing = new ArrayList<>();
        for (String key : all.keySet()) {
            if (!Objects.equals(old.get(key), fresh.get(key)) || old.containsKey(key) != fresh.containsKey(key)) {
                differing.add(key + " (" + shown(old, key) + ", now " + shown(fresh, key) + ")");
            }
        }
        return differing;
    }

    /** A table of every key below a record: path, type, default, meaning; readable as text and as Markdown. */
    public static String reference(Class<? extends Record> type) {
        return Reference.table(type);
    }

    private static Map<String, Object> leaves(String yaml) {
        Map<String, Object> leaves = new TreeMap<>();
        collect("", ConfigLoader.parse("configuration", yaml), leaves);
        return leaves;
    }

    private static void collect(String path, ConfigNode node, Map<String, Object> leaves) {
        if (node instanceof ConfigNode.Section section) {
            section.entries().forEach((key, value) -> collect(path.isEmpty() ? key : path + "." + key, value, leaves));
        } else {
            leaves.put(path, node.plain());
        }
    }

    private static String shown(Map<String, Object> leaves, String key) {
        return leaves.containsKey(key) ? String.valueOf(leaves.get(key)) : "absent";
    }
}
