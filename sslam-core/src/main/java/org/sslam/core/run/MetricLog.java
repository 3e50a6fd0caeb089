package org.sslam.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.core.io.AppendFile;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;

/**
 * A run's numbers as JSON lines, one flat object a record: {@code {"step":100,"time":1.7e9,"loss":3.21}}.
 *
 * <p>{@code time} is in seconds since 1970. JSON has no infinities: such a value is null, and a second key says what it
 * was: {@code "loss":null,"loss.nonfinite":"NaN"}. A last line torn by a crash is dropped.
 */
public final class MetricLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STEP = "step";
    private static final String TIME = "time";
    private static final String NON_FINITE = ".nonfinite";
    private static final Set<String> RESERVED = Set.of(STEP, TIME);
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Path path;
    private AppendFile file;

    private MetricLog(Path path) {
        this.path = path;
        this.file = AppendFile.open(path);
    }

    /** Opens a log for appending and makes it where missing. */
    public static MetricLog open(Path path) {
        if (Files.exists(path) && !text(path).endsWith("\n")) {
            keep(path, Long.MAX_VALUE);
        }
        return new MetricLog(path);
    }

    /**
     * Appends one record; a process killed later does not lose it.
     *
     * @param values by name, in the order in which they are written
     */
    public synchronized void append(long step, Map<String, Double> values) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put(STEP, step);
        record.put(TIME, System.currentTimeMillis() / MILLIS_PER_SECOND);
        values.forEach((name, value) -> {
            if (RESERVED.contains(name) || name.endsWith(NON_FINITE)) {
                throw new IllegalArgumentException("a metric cannot be called '" + name + "'");
            }
            if (Double.isFinite(value)) {
                record.put(name, value);
            } else {
                record.putNull(name);
                record.put(name + NON_FINITE, value.toString());
            }
        });
        file.append((record + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Brings all records to the disk, so that not even a machine without power loses them. */
    public synchronized void force() {
        file.force();
    }

    /** Drops records of later steps, atomically, so that a resumed run does not repeat them. */
    public synchronized void truncateAfter(long step) {
        file.close();
        keep(path, step);
        file = AppendFile.open(path);
    }

    /**
     * All records, {@code step} and {@code time} among them; none if there is no such file.
     *
     * @throws UserException if a line other than a torn last one is not a record
     */
    public static List<Map<String, Double>> read(Path path) {
        List<Map<String, Double>> records = new ArrayList<>();
        for (String line : lines(path)) {
            Map<String, Double> record = parse(line);
            if (record == null) {
                throw new UserException(
                        path + ":" + (records.size() + 1) + ": is not a metric record; remove the line");
            }
            records.add(record);
        }
        return records;
    }

    @Override
    public synchronized void close() {
        file.close();
    }

    private static void keep(Path path, long lastStep) {
        StringBuilder kept = new StringBuilder();
        for (String line : lines(path)) {
            Map<String, Double> record = parse(line);
            if (record != null && record.get(STEP) <= lastStep) {
                kept.append(line).append('\n');
            }
        }
        AtomicFiles.writeString(path, kept.toString());
    }

    /** The whole lines; what follows the last line end was torn. */
    private static List<String> lines(Path path) {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = text(path);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw IoErrors.cannotRead(path, e);
        }
    }

    /** A record, or null for a line that is none. */
    private static Map<String, Double> parse(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
        if (!node.path(STEP).isNumber()) {
            return null;
        }
        Map<String, Double> record = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (field.getValue().isNumber()) {
                record.put(name, field.getValue().doubleValue());
            } else if (field.getValue().isNull()) {
                record.put(name, Double.valueOf(node.path(name + NON_FINITE).asText("NaN")));
            }
        }
        return record;
    }
}
