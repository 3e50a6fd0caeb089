package org.sslam.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sslam.core.run.MetricLog;

/** A metric log without what a clock or the system put in. */
final class MetricLines {
    private static final Set<String> TIMINGS = Set.of("time", "clips_per_second", "data_wait_share", "memory_mib");

    private MetricLines() {}

    /** Every line of a run folder's log, names in order. */
    static List<Map<String, Double>> of(Path runFolder) {
        List<Map<String, Double>> lines = new ArrayList<>();
        for (Map<String, Double> line : MetricLog.read(runFolder.resolve("metrics.jsonl"))) {
            Map<String, Double> copy = new TreeMap<>(line);
            copy.keySet().removeAll(TIMINGS);
            lines.add(copy);
        }
        return lines;
    }
}
