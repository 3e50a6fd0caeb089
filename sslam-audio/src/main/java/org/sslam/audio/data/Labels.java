package org.sslam.audio.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sslam.audio.output.CsvWriter;
import org.sslam.core.UserException;

/** The classes of a data set in a fixed order: from label to output index and back. */
public final class Labels {
    private static final String AUDIOSET_HEADER = "index,mid,display_name";

    private final List<String> keys;
    private final List<String> displayNames;
    private final Map<String, Integer> indices;

    private Labels(List<String> keys, List<String> displayNames) {
        this.keys = List.copyOf(keys);
        this.displayNames = List.copyOf(displayNames);
        this.indices = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            indices.put(keys.get(i), i);
        }
    }

    /** Classes in the given order. */
    public static Labels of(List<String> keys) {
        return of(keys, keys);
    }

    /**
     * Classes in the given order.
     *
     * @param displayNames what to show for each
     */
    public static Labels of(List<String> keys, List<String> displayNames) {
        if (keys.isEmpty() || new HashSet<>(keys).size() != keys.size()) {
            throw new IllegalArgumentException("labels must be distinct and at least one: " + keys);
        }
        if (keys.size() != displayNames.size()) {
            throw new IllegalArgumentException(keys.size() + " labels have " + displayNames.size() + " names");
        }
        return new Labels(keys, displayNames);
    }

    /**
     * All labels of a source in alphabetical order.
     *
     * @throws UserException if no clip has a label
     */
    public static Labels sorted(ClipSource source) {
        Set<String> found = new TreeSet<>();
        source.clips().forEach(clip -> found.addAll(clip.labels()));
        if (found.isEmpty()) {
            throw new UserException("no clip of " + source.description()
                    + " has a label: give a label file (data.labels) or a list with a 'labels' column");
        }
        return of(List.copyOf(found));
    }

    /**
     * Reads {@code label_descriptors.csv}: lines {@code index,label_key,display name} without a header, or AudioSet's {@code
     * class_labels_indices.csv}, which has one.
     *
     * @throws UserException if the file is missing or empty, an index is not its line's rank, or a key is repeated
     */
    public static Labels fromDescriptors(Path file) {
        List<String> lines = Manifests.lines(file, "label descriptors");
        List<String> keys = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || i == 0 && lines.get(i).strip().equals(AUDIOSET_HEADER)) {
                continue;
            }
            CSVRecord row = parse(lines.get(i), file, i + 1L);
            if (row.size() < 2 || row.get(1).isBlank()) {
                throw Manifests.malformed(
                        file, i + 1L, "expected 'index,label_key,display name', found '" + lines.get(i) + "'");
            }
            if (!row.get(0).strip().equals(String.valueOf(keys.size()))) {
                throw Manifests.malformed(
                        file, i + 1L, "expected index " + keys.size() + ", found '" + row.get(0) + "'");
            }
            if (keys.contains(row.get(1).strip())) {
                throw Manifests.malformed(file, i + 1L, "label '" + row.get(1) + "' was named before");
            }
            keys.add(row.get(1).strip());
            names.add(row.size() > 2 ? row.get(2).strip() : row.get(1).strip());
        }
        if (keys.isEmpty()) {
            throw new UserException("label descriptors " + file + " are empty: one line a class is needed");
        }
        return new Labels(keys, names);
    }

    private static CSVRecord parse(String line, Path file, long number) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
            return parser.iterator().next();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UserException(file + ":" + number + ": not valid CSV: " + e.getMessage(), e);
        }
    }

    /** The text of {@code label_descriptors.csv}, which {@link #fromDescriptors} reads. */
    public String toDescriptors() {
        StringBuilder text = new StringBuilder();
        CsvWriter csv = new CsvWriter(text);
        for (int i = 0; i < keys.size(); i++) {
            csv.row(List.of(i, keys.get(i), displayNames.get(i)));
        }
        return text.toString();
    }

    /** Whether a label is among the classes. */
    public boolean contains(String label) {
        return indices.containsKey(label);
    }

    /** Number of classes. */
    public int size() {
        return keys.size();
    }

    /** Label keys in order of their index. */
    public List<String> names() {
        return keys;
    }

    /** The names to show for the classes, in order of their index. */
    public List<String> displayNames() {
        return displayNames;
    }

    /** The name to show for a class: that of the descriptors, else the label key. */
    public String displayName(int index) {
        return displayNames.get(index);
    }

    /**
     * The index of a label.
     *
     * @throws UserException if the label is not among the classes
     */
    public int index(String label) {
        Integer index = indices.get(label);
        if (index == null) {
            throw new UserException("label '" + label + "' is not among the " + keys.size()
                    + " known classes: check the label descriptors against the label file");
        }
        return index;
    }

    /** A vector of {@link #size()} zeros with ones at the given labels. */
    public float[] multiHot(Set<String> labels) {
        float[] hot = new float[keys.size()];
        labels.forEach(label -> hot[index(label)] = 1f);
        return hot;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && keys.equals(labels.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
