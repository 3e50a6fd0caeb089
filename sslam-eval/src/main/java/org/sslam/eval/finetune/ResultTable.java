package org.sslam.eval.finetune;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;

/** A result as a table of plain text: a line a run, then the mean and how far seeds and folds lie apart. */
public final class ResultTable {
    private static final int PERCENT = 100;

    private ResultTable() {}

    /** The whole table, in percent. */
    public static String text(EvaluationResult result) {
        StringBuilder text = new StringBuilder(result.task() + ", " + result.mode() + ", " + result.system() + ": "
                + result.metric() + " in percent" + System.lineSeparator());
        for (EvaluationRun run : result.runs()) {
            text.append(String.format(Locale.ROOT, "  %-18s %6.2f", run.describe(), PERCENT * run.value()));
            if (!run.curve().isEmpty()) {
                text.append(
                        "   epoch " + run.chosenEpoch() + " of " + run.curve().size());
            }
            text.append(System.lineSeparator());
        }
        List<EvaluationRun> runs = result.runs();
        double mean = runs.stream().mapToDouble(EvaluationRun::value).average().orElseThrow();
        text.append(String.format(Locale.ROOT, "  %-18s %6.2f", "mean", PERCENT * mean));
        text.append(spread(runs, EvaluationRun::seed, "seeds"));
        text.append(spread(runs, run -> run.fold().orElse(0), "folds"));
        text.append(System.lineSeparator());
        if (result.coverage().partial()) {
            text.append("  " + result.coverage().describe() + System.lineSeparator());
        }
        return text.toString();
    }

    /** Deviation (divided by n - 1) of the means of each group. */
    private static <K> String spread(List<EvaluationRun> runs, Function<EvaluationRun, K> group, String name) {
        Collection<Double> means = runs.stream()
                .collect(Collectors.groupingBy(group, Collectors.averagingDouble(EvaluationRun::value)))
                .values();
        if (means.size() < 2) {
            return "";
        }
        double mean = means.stream().mapToDouble(v -> v).average().orElseThrow();
        double squares =
                means.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / (means.size() - 1));
        return String.format(Locale.ROOT, "   +- %.2f over %d %s", PERCENT * deviation, means.size(), name);
    }
}
