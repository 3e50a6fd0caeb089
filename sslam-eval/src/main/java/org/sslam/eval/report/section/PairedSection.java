package org.sslam.eval.report.section;

import java.util.Locale;
import java.util.Optional;
import org.sslam.eval.report.chart.IntervalChart;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Table;
import org.sslam.eval.report.html.Tag;
import org.sslam.eval.statistics.Interval;
import org.sslam.eval.statistics.PairedComparison;

/** Two results on the same clips: both figures, their difference, and what chance can explain. */
public final class PairedSection implements Section {
    private final Html body;

    /**
     * @param first name of the first result
     * @param second name of the second result
     * @param caveat what must be known of the comparison, if there is anything
     * @param chart of both
     */
    public PairedSection(
            String first, String second, PairedComparison paired, Optional<String> caveat, IntervalChart chart) {
        Interval interval = paired.interval();
        Table table = new Table(
                        paired.metric().metricName() + " in percent on the same " + paired.clips() + " test clips")
                .column("system")
                .numbers("figure")
                .column("range");
        table.row(Html.text(first), Parts.percent(paired.first()), Html.none());
        table.row(Html.text(second), Parts.percent(paired.second()), Html.none());
        table.ownRow(
                Html.text("difference"),
                Parts.percent(paired.difference()),
                Parts.percentRange(interval.low(), interval.high()));
        this.body = Html.of(
                caveat.map(text -> Parts.warning("Note: " + text + ".")).orElse(Html.none()),
                table.html(),
                p(paired),
                Tag.of("figure").with(chart.svg().inline()),
                Parts.note(reading(paired)));
    }

    @Override
    public String title() {
        return "Paired comparison";
    }

    @Override
    public Html body() {
        return body;
    }

    private static Html p(PairedComparison paired) {
        String text = "Paired bootstrap, two-sided: p = " + number(paired.p());
        return Parts.paragraph(
                paired.signFlipP().isPresent()
                        ? text + ". Sign-flip permutation test: p = "
                                + number(paired.signFlipP().getAsDouble()) + "."
                        : text + ".");
    }

    /** What the numbers say, in words. */
    private static String reading(PairedComparison paired) {
        Interval interval = paired.interval();
        String level = String.format(Locale.ROOT, "%.0f %%", 100 * interval.level());
        String verdict = interval.low() > 0 || interval.high() < 0
                ? "The " + level
                        + " range of the difference leaves out 0: another draw of clips would rarely reverse it."
                : "The " + level + " range of the difference holds 0: another draw of clips may reverse it.";
        return verdict + " Seeds are averaged before clips are drawn; chance in the training is not covered.";
    }

    private static String number(double p) {
        return p < 0.001 ? String.format(Locale.ROOT, "%.1e", p) : String.format(Locale.ROOT, "%.3f", p);
    }
}
