package org.sslam.eval.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Table;
import org.sslam.eval.report.html.Tag;
import org.sslam.eval.result.Coverage;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.statistics.Estimate;
import org.sslam.eval.statistics.Interval;
import org.sslam.eval.statistics.ScoredResult;
import org.sslam.eval.statistics.Spread;

/** A result's figure with its interval, beside the published figures of the same task and mode; then every run. */
public final class FiguresSection implements Section {
    private static final Set<String> FRACTIONS = Set.of("mAP", "accuracy", "AUC");

    private final Html body;

    /**
     * @param estimate of the result
     * @param published what papers report
     */
    public FiguresSection(ScoredResult scored, Estimate estimate, PublishedFigures published) {
        EvaluationResult result = scored.result();
        List<PublishedFigures.Figure> figures = published.of(result.task(), result.mode());
        List<Html> parts = new ArrayList<>();
        parts.add(coverage(result.coverage()));
        if (result.choices().stream().anyMatch(EpochChoice::optimistic)) {
            parts.add(Parts.warning(EpochChoice.WARNING));
        }
        published.caveat(result.task(), result.classes().size()).ifPresent(text -> parts.add(Parts.warning(text)));
        parts.add(beside(result, estimate, figures));
        parts.add(Parts.note(reading(result, estimate, figures, published)));
        List<PublishedFigures.Figure> ablations =
                figures.stream().filter(PublishedFigures.Figure::ablation).toList();
        if (!ablations.isEmpty()) {
            parts.add(Parts.details("Published ablations of this task", ablations(result.metric(), ablations)));
        }
        parts.add(runs(result));
        if (!result.choices().isEmpty()) {
            parts.add(Parts.note("Epochs: "
                    + result.choices().stream().map(EpochChoice::describe).collect(Collectors.joining("; ")) + "."));
        }
        this.body = Html.of(parts);
    }

    @Override
    public String title() {
        return "Result";
    }

    @Override
    public Html body() {
        return body;
    }

    private static Html coverage(Coverage coverage) {
        String text = coverage.describe() + ".";
        return coverage.partial()
                ? Parts.warning(text + " Figures of a part of the data compare loosely.")
                : Parts.paragraph(text);
    }

    private static Html beside(EvaluationResult result, Estimate estimate, List<PublishedFigures.Figure> figures) {
        Table table = new Table(result.task() + ", " + result.mode() + ": " + result.metric() + " in percent")
                .column("system")
                .numbers(result.metric())
                .column("range or deviation")
                .bars()
                .wide();
        Optional<Interval> interval = estimate.interval();
        table.ownRow(
                Html.text(result.system()),
                Parts.percent(estimate.value()),
                trust(estimate),
                interval.map(i -> Parts.bar(estimate.value(), i.low(), i.high()))
                        .orElse(Parts.bar(estimate.value(), 0, 0)));
        for (PublishedFigures.Figure figure : figures) {
            if (!figure.ablation()) {
                table.row(
                        Html.of(
                                Html.text(figure.system() + " "),
                                Tag.of("span").set("class", "note").text(figure.table())),
                        Parts.percent(figure.value()),
                        figure.deviation().isPresent()
                                ? Html.text("± "
                                        + twoDecimals(100 * figure.deviation().getAsDouble()))
                                : Html.none(),
                        Parts.bar(figure.value(), 0, 0));
            }
        }
        return table.html();
    }

    private static Html trust(Estimate estimate) {
        List<Html> lines = new ArrayList<>();
        estimate.interval().ifPresent(i -> lines.add(Parts.percentRange(i.low(), i.high())));
        estimate.overSeeds().ifPresent(spread -> lines.add(spread(spread, "seeds")));
        estimate.overFolds().ifPresent(spread -> lines.add(spread(spread, "folds")));
        return Html.of(lines.stream().map(line -> Tag.of("div").with(line)).toList());
    }

    private static Html spread(Spread spread, String what) {
        return Tag.of("span")
                .set("class", "range")
                .text("± " + twoDecimals(100 * spread.deviation()) + " over " + spread.count() + " " + what);
    }

    private static String reading(
            EvaluationResult result,
            Estimate estimate,
            List<PublishedFigures.Figure> figures,
            PublishedFigures published) {
        StringBuilder text = new StringBuilder();
        estimate.interval().ifPresent(i -> text.append("The range holds ")
                .append(String.format(Locale.ROOT, "%.0f", 100 * i.level()))
                .append(" % of the figures when test clips are drawn again with replacement. "));
        if (estimate.overSeeds().isPresent() || estimate.overFolds().isPresent()) {
            text.append("± is the sample standard deviation. ");
        }
        if (figures.isEmpty()) {
            text.append("No figures are published for this task and mode.");
        } else {
            text.append("Other rows are as printed in ")
                    .append(published.source())
                    .append('.');
            if (result.mode().equals("probe")) {
                text.append(
                        " They are of linear evaluation, which trains its head with augmentation; a probe does not.");
            }
        }
        return text.toString();
    }

    private static Html ablations(String metric, List<PublishedFigures.Figure> figures) {
        Table table = new Table("Fine-tuning figures of variations, as printed")
                .column("variation")
                .numbers(metric)
                .column("where");
        figures.forEach(f -> table.row(Html.text(f.system()), Parts.percent(f.value()), Html.text(f.table())));
        return table.html();
    }

    private static Html runs(EvaluationResult result) {
        Set<String> names = new TreeSet<>();
        result.runs().forEach(run -> names.addAll(run.metrics().keySet()));
        names.remove(result.metric());
        boolean folds = result.runs().get(0).fold().isPresent();
        Table table = new Table("Every run; fractions in percent").column("seed");
        if (folds) {
            table.numbers("fold");
        }
        table.numbers(result.metric());
        names.forEach(table::numbers);
        table.numbers("epoch");
        for (EvaluationRun run : result.runs()) {
            List<Html> cells = new ArrayList<>();
            cells.add(Html.text(Long.toString(run.seed())));
            run.fold().ifPresent(fold -> cells.add(Html.text(Integer.toString(fold))));
            cells.add(Parts.percent(run.value()));
            names.forEach(name -> cells.add(metric(name, run.metrics())));
            cells.add(Html.text(run.chosenEpoch() == 0 ? "-" : Integer.toString(run.chosenEpoch())));
            table.row("", cells);
        }
        return table.html();
    }

    private static Html metric(String name, Map<String, Double> metrics) {
        if (!metrics.containsKey(name)) {
            return Html.text("-");
        }
        double value = metrics.get(name);
        return FRACTIONS.contains(name)
                ? Parts.percent(value)
                : Tag.of("data").set("value", Double.toString(value)).text(twoDecimals(value));
    }

    private static String twoDecimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
