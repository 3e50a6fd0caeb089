package org.sslam.eval.report.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sslam.eval.report.MetricLines;
import org.sslam.eval.report.MetricNames;
import org.sslam.eval.report.chart.LineChart;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;

/** Curves of a training over its updates, from its metric log. */
public final class CurvesSection implements Section {
    private static final String UPDATE = "update";

    private final Html body;

    /**
     * @param metrics a run's {@code metrics.jsonl}
     * @throws org.sslam.core.UserException when it is missing, broken or empty
     */
    public CurvesSection(Path metrics) {
        MetricLines lines = MetricLines.read(metrics);
        List<Html> charts = new ArrayList<>();
        add(charts, lines, "Loss", List.of(MetricNames.LOSS));
        add(charts, lines, "Terms of the loss", lines.names(MetricNames.LOSS_TERM));
        add(charts, lines, "Figures on monitored clips", monitored(lines));
        add(charts, lines, "Learning rate", lines.names(MetricNames.LEARNING_RATE));
        add(charts, lines, "Variance", List.of(MetricNames.TARGET_VARIANCE, MetricNames.PREDICTION_VARIANCE));
        add(charts, lines, "Norm of the gradient", List.of(MetricNames.GRADIENT_NORM));
        add(charts, lines, "Clips a second", List.of(MetricNames.CLIPS_PER_SECOND));
        long updates = lines.curves().values().stream()
                .mapToLong(SortedMap::lastKey)
                .max()
                .orElseThrow();
        this.body = Html.of(
                Parts.paragraph("Logged up to update " + updates + ". Curves that spread far have a logarithmic axis."),
                Parts.grid(charts));
    }

    @Override
    public String title() {
        return "Learning curves";
    }

    @Override
    public Html body() {
        return body;
    }

    private static List<String> monitored(MetricLines lines) {
        List<String> names = new ArrayList<>(lines.names(MetricNames.EVALUATION));
        names.addAll(lines.names(MetricNames.VALIDATION));
        return names;
    }

    private static void add(List<Html> charts, MetricLines lines, String name, List<String> wanted) {
        Map<String, SortedMap<Double, Double>> curves = new LinkedHashMap<>();
        for (String metric : wanted) {
            if (lines.curves().containsKey(metric)) {
                SortedMap<Double, Double> curve = new TreeMap<>();
                lines.curves().get(metric).forEach((update, value) -> curve.put((double) update, value));
                curves.put(metric, curve);
            }
        }
        if (!curves.isEmpty()) {
            charts.add(new LineChart(name, UPDATE, curves).html());
        }
    }
}
