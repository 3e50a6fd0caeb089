package org.sslam.eval.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of a mean step goes.
 *
 * @param partsMs milliseconds by path, outer parts before inner ones; those of one level add up to the part above
 * @param stepMs the whole step
 */
record Breakdown(Map<String, Double> partsMs, double stepMs) {
    private static final double NANOS_PER_MS = 1e6;
    private static final int NAME_WIDTH = 28;

    /** Means over steps. */
    static Breakdown of(Map<String, Long> nanos, int steps) {
        Map<String, Double> parts = new LinkedHashMap<>();
        double total = 0;
        for (Map.Entry<String, Long> part : nanos.entrySet()) {
            double ms = part.getValue() / NANOS_PER_MS / steps;
            parts.put(part.getKey(), Math.round(ms * 1000) / 1000.0);
            total += part.getKey().contains("/") ? 0 : ms;
        }
        return new Breakdown(parts, total);
    }

    /** A table for a terminal: part, milliseconds, share of the step; inner parts indented. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(row("part", "ms", "share"));
        partsMs.forEach((path, ms) -> {
            int level = (int) path.chars().filter(c -> c == '/').count();
            String name = "  ".repeat(level) + path.substring(path.lastIndexOf('/') + 1);
            lines.add(row(name, number("%.1f", ms), number("%.1f %%", 100 * ms / stepMs)));
        });
        lines.add(row("step", number("%.1f", stepMs), "100.0 %"));
        return lines;
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    private static String row(String name, String ms, String share) {
        return String.format("%-" + NAME_WIDTH + "s %10s %9s", name, ms, share);
    }
}
