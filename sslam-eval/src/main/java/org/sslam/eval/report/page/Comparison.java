package org.sslam.eval.report.page;

import java.util.List;
import java.util.Optional;
import org.sslam.eval.report.chart.IntervalChart;
import org.sslam.eval.report.html.Chapter;
import org.sslam.eval.report.html.Page;
import org.sslam.eval.report.section.PairedSection;
import org.sslam.eval.report.section.ProvenanceSection;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.statistics.Estimate;
import org.sslam.eval.statistics.Interval;
import org.sslam.eval.statistics.PairedComparison;
import org.sslam.eval.statistics.Resampling;
import org.sslam.eval.statistics.SameSounds;
import org.sslam.eval.statistics.ScoredResult;

/** Two results side by side: table, chart and page of their paired comparison. */
public final class Comparison {
    private static final double PERCENT = 100;

    private final ScoredResult first;
    private final ScoredResult second;
    private final Estimate ofFirst;
    private final Estimate ofSecond;
    private final PairedComparison paired;
    private final Optional<String> caveat;

    /**
     * Compares.
     *
     * @throws org.sslam.core.UserException when the results cannot be compared
     */
    public Comparison(ScoredResult first, ScoredResult second, Resampling how) {
        this.first = first;
        this.second = second;
        this.paired = PairedComparison.of(first, second, how);
        this.caveat = SameSounds.caveat(first, second);
        this.ofFirst = Estimate.of(first, how);
        this.ofSecond = Estimate.of(second, how);
    }

    /** The numbers. */
    public PairedComparison paired() {
        return paired;
    }

    /** The first result's figure with its interval. */
    public Estimate ofFirst() {
        return ofFirst;
    }

    /** The second result's figure with its interval. */
    public Estimate ofSecond() {
        return ofSecond;
    }

    /** What must be known of the comparison, in one line, if there is anything. */
    public Optional<String> caveat() {
        return caveat;
    }

    /** Name of the first result: its system, and where it lies if both are of one system. */
    public String firstName() {
        return name(first, second);
    }

    /** Name of the second result. */
    public String secondName() {
        return name(second, first);
    }

    /** Both figures and their difference, each with its interval. */
    public IntervalChart chart() {
        String metric = paired.metric().metricName();
        return new IntervalChart(
                firstName() + " and " + secondName(),
                List.of(
                        new IntervalChart.Panel(
                                metric + ", %",
                                List.of(
                                        row(
                                                firstName(),
                                                ofFirst.value(),
                                                ofFirst.interval().orElseThrow()),
                                        row(
                                                secondName(),
                                                ofSecond.value(),
                                                ofSecond.interval().orElseThrow())),
                                false),
                        new IntervalChart.Panel(
                                "first minus second, points of " + metric,
                                List.of(row("difference", paired.difference(), paired.interval())),
                                true)));
    }

    /** A page with the comparison and where both results come from. */
    public Page page(String version) {
        return new Page(
                firstName() + " and " + secondName(),
                "A report of sslam " + version,
                List.of(
                        new Chapter(
                                "Comparison",
                                List.of(new PairedSection(firstName(), secondName(), paired, caveat, chart()))),
                        provenance(firstName(), first),
                        provenance(secondName(), second)));
    }

    private static Chapter provenance(String name, ScoredResult scored) {
        EvaluationResult result = scored.result();
        return new Chapter(
                name, List.of(new ProvenanceSection(scored.path().toString(), result.provenance(), result.config())));
    }

    private static IntervalChart.Row row(String name, double value, Interval interval) {
        return new IntervalChart.Row(name, PERCENT * value, PERCENT * interval.low(), PERCENT * interval.high());
    }

    private static String name(ScoredResult one, ScoredResult other) {
        String system = one.result().system();
        return system.equals(other.result().system()) ? system + " (" + one.path() + ")" : system;
    }
}
