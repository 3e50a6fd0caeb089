package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.io.FaultyDisk;

class MetricLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void prepare() {
        file = folder.resolve("metrics.jsonl");
    }

    private void append(long... steps) {
        try (MetricLog log = MetricLog.open(file)) {
            for (long step : steps) {
                log.append(step, Map.of("loss", step / 4.0));
            }
        }
    }

    private List<Double> steps() {
        return MetricLog.read(file).stream().map(record -> record.get("step")).toList();
    }

    @Test
    void recordsAreFlatJsonLinesInTheirOrder() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss/global", 3.25);
        values.put("lr", 1e-7);
        try (MetricLog log = MetricLog.open(file)) {
            log.append(10, values);
        }
        String line = Files.readString(file);
        assertTrue(line.matches("\\{\"step\":10,\"time\":[0-9.E]+,\"loss/global\":3.25,\"lr\":1.0E-7}\n"), line);
        Map<String, Double> read = MetricLog.read(file).get(0);
        assertEquals(3.25, read.get("loss/global"));
        assertEquals(1e-7, read.get("lr"));
        assertEquals(System.currentTimeMillis() / 1e3, read.get("time"), 60);
    }

    @Test
    void nonFiniteNumbersAreNullAndComeBack() throws IOException {
        try (MetricLog log = MetricLog.open(file)) {
            log.append(1, Map.of("loss", Double.NaN));
            log.append(2, Map.of("loss", Double.NEGATIVE_INFINITY));
        }
        assertTrue(Files.readString(file).contains("\"loss\":null,\"loss.nonfinite\":\"NaN\"}"));
        List<Map<String, Double>> read = MetricLog.read(file);
        assertEquals(Double.NaN, read.get(0).get("loss"));
        assertEquals(Double.NEGATIVE_INFINITY, read.get(1).get("loss"));
        assertEquals(3, read.get(0).size());
    }

    @Test
    void laterStepsAreDroppedForAResumedRun() {
        append(1, 2, 3, 4);
        try (MetricLog log = MetricLog.open(file)) {
            log.truncateAfter(2);
            log.append(3, Map.of("loss", 9.0));
        }
        assertEquals(List.of(1.0, 2.0, 3.0), steps());
        assertEquals(9.0, MetricLog.read(file).get(2).get("loss"));
    }

    @Test
    void aTornLastLineIsDropped() throws IOException {
        append(1, 2);
        Files.writeString(file, "{\"step\":3,\"ti", StandardOpenOption.APPEND);
        assertEquals(List.of(1.0, 2.0), steps());
        append(3);
        assertEquals(List.of(1.0, 2.0, 3.0), steps());
    }

    @Test
    void aSpoiledLineInTheMiddleIsNamed() throws IOException {
        append(1);
        Files.writeString(file, "oops\n", StandardOpenOption.APPEND);
        append(2);
        UserException refused = assertThrows(UserException.class, () -> MetricLog.read(file));
        assertEquals(file + ":2: is not a metric record; remove the line", refused.getMessage());
    }

    @Test
    void noFileMeansNoRecords() {
        assertEquals(List.of(), MetricLog.read(file));
    }

    @Test
    void takenNamesAreRefused() {
        try (MetricLog log = MetricLog.open(file)) {
            for (String name : List.of("step", "time", "loss.nonfinite")) {
                assertThrows(IllegalArgumentException.class, () -> log.append(1, Map.of(name, 1.0)));
            }
        }
        assertEquals(List.of(), MetricLog.read(file));
    }

    @Test
    void aFullDiskAtTruncationKeepsTheLog() {
        append(1, 2, 3);
        try (MetricLog log = MetricLog.open(file);
                FaultyDisk disk = FaultyDisk.fullFrom(2)) {
            assertThrows(UserException.class, () -> log.truncateAfter(1));
            assertTrue(disk.operations() >= 2);
        }
        assertEquals(List.of(1.0, 2.0, 3.0), steps());
    }
}
