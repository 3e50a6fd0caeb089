package org.sslam.eval.probe;

import java.util.Locale;
import java.util.Map;

/** Probe results as a table of plain text. */
public final class ProbeTable {
    private static final int PERCENT = 100;

    private ProbeTable() {}

    /** One line a row: mean over folds, deviation, each fold; in percent. */
    public static String text(Map<String, ProbeResult> results) {
        int width = results.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        results.forEach((name, result) -> {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %s %5.1f %% +- %4.1f   folds",
                    name,
                    result.metric(),
                    PERCENT * result.mean(),
                    PERCENT * result.standardDeviation()));
            result.byFold()
                    .values()
                    .forEach(figure -> text.append(String.format(Locale.ROOT, " %5.1f", PERCENT * figure)));
            text.append(System.lineSeparator());
        });
        return text.toString();
    }
}
