package org.sslam.eval.result;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sslam.core.run.Provenance;

/**
 * One system on one task: all seeds and folds.
 *
 * @param task name of the task, for example {@code esc50} or {@code spass-square}
 * @param mode how the encoder was used: {@code linear}, {@code finetune} or {@code probe}
 * @param system what was judged, for tables: the name of the run or of the encoder's folder
 * @param metric name of the metric in {@link EvaluationRun#value}
 * @param classes class names to show, in order of the score columns
 * @param coverage of training and test clips together
 * @param config the configuration that was used, as YAML
 * @param provenance version, hashes, seed, device
 * @param runs one for each seed and fold
 */
public record EvaluationResult(
        String task,
        String mode,
        String system,
        String metric,
        List<String> classes,
        Coverage coverage,
        String config,
        Provenance provenance,
        List<EvaluationRun> runs) {
    private static final Set<String> MODES = Set.of("linear", "finetune", "probe");

    /** Keeps its own copies and checks that the runs belong together. */
    public EvaluationResult {
        classes = List.copyOf(classes);
        runs = List.copyOf(runs);
        named("task", task);
        named("system", system);
        named("metric", metric);
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("the mode is '" + mode + "', none of " + MODES);
        }
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("a result needs at least one class");
        }
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a result needs at least one run");
        }
        Set<String> seen = new HashSet<>();
        for (EvaluationRun run : runs) {
            if (run.fold().isPresent() != runs.get(0).fold().isPresent()) {
                throw new IllegalArgumentException("some runs have a fold and " + run.describe() + " differs");
            }
            if (!seen.add(run.describe())) {
                throw new IllegalArgumentException("there are two runs of " + run.describe());
            }
            double listed = run.metrics().getOrDefault(metric, run.value());
            if (listed != run.value()) {
                throw new IllegalArgumentException(run.describe() + " has the value " + run.value() + " and " + metric
                        + " " + listed + "; these must be equal");
            }
        }
    }

    /** How a run's epoch was chosen: as it recorded, else as far as the configuration tells. */
    public Optional<EpochChoice> choice(EvaluationRun run) {
        return run.choice().or(() -> EpochChoice.configured(config, run.fold().isPresent()));
    }

    /** Every way in which the runs' epochs were chosen, in the order of the runs. */
    public Set<EpochChoice> choices() {
        Set<EpochChoice> choices = new LinkedHashSet<>();
        runs.forEach(run -> choice(run).ifPresent(choices::add));
        return choices;
    }

    private static void named(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a result needs a " + field);
        }
    }
}
