package org.sslam.eval.report.section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sslam.eval.report.chart.LineChart;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;

/** The metric after each epoch of an evaluation's training, a curve for each seed and fold. */
public final class EpochsSection implements Section {
    private static final double PERCENT = 100;

    private final Html body;

    private EpochsSection(Html body) {
        this.body = body;
    }

    /** The section, if anything was trained by epochs. */
    public static Optional<Section> of(EvaluationResult result) {
        Map<String, SortedMap<Double, Double>> curves = new LinkedHashMap<>();
        for (EvaluationRun run : result.runs()) {
            if (!run.curve().isEmpty()) {
                SortedMap<Double, Double> curve = new TreeMap<>();
                List<Double> values = run.curve();
                for (int epoch = 1; epoch <= values.size(); epoch++) {
                    curve.put((double) epoch, PERCENT * values.get(epoch - 1));
                }
                curves.put(run.describe(), curve);
            }
        }
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        String monitored =
                result.choices().stream().map(EpochChoice::clips).distinct().collect(Collectors.joining(" or "));
        LineChart chart = new LineChart(
                result.metric() + " on the " + (monitored.isEmpty() ? "monitored clips" : monitored) + ", %",
                "epoch",
                curves);
        return Optional.of(new EpochsSection(Parts.grid(chart.html())));
    }

    @Override
    public String title() {
        return "Epochs";
    }

    @Override
    public Html body() {
        return body;
    }
}
