package org.sslam.eval.finetune;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.statistics.Spread;

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
        text.append(spread(Spread.overSeeds(runs), "seeds"));
        text.append(spread(Spread.overFolds(runs), "folds"));
        text.append(System.lineSeparator());
        if (result.coverage().partial()) {
            text.append("  " + result.coverage().describe() + System.lineSeparator());
        }
        for (EpochChoice choice : result.choices()) {
            text.append("  " + choice.describe() + System.lineSeparator());
            if (choice.optimistic()) {
                text.append("  warning: " + EpochChoice.WARNING + System.lineSeparator());
            }
        }
        return text.toString();
    }

    private static String spread(Optional<Spread> spread, String name) {
        return spread.map(s ->
                        String.format(Locale.ROOT, "   +- %.2f over %d %s", PERCENT * s.deviation(), s.count(), name))
                .orElse("");
    }
}
