package org.sslam.eval.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sslam.core.run.Provenance;

/** Results for tests. */
public final class Results {
    private Results() {}

    /** A record of where made-up numbers come from. */
    public static Provenance provenance() {
        return new Provenance(
                "0.1.0",
                "c0ffee",
                "da7a",
                1,
                "cpu",
                Map.of("java", "OpenJDK 17", "os", "Linux"),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** One run without a fold. */
    public static EvaluationRun run(long seed, String metric, double value, String scores) {
        return new EvaluationRun(
                seed,
                OptionalInt.empty(),
                value,
                Map.of(metric, value),
                List.of(value / 2, value),
                2,
                scores,
                Optional.empty(),
                "");
    }

    /** A result of these runs. */
    public static EvaluationResult result(
            String task, String system, String metric, List<String> classes, List<EvaluationRun> runs) {
        return new EvaluationResult(
                task,
                "linear",
                system,
                metric,
                classes,
                new Coverage(90, 100, 40, 0, 0),
                "task: " + task + "\nseed: 1\n",
                provenance(),
                runs);
    }
}
