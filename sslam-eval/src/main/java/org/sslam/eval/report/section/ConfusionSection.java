package org.sslam.eval.report.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sslam.eval.metric.Accuracy;
import org.sslam.eval.metric.ConfusionMatrix;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Table;
import org.sslam.eval.report.html.Tag;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.TestScores;
import org.sslam.eval.statistics.ClipMetric;
import org.sslam.eval.statistics.ScoredResult;
import org.sslam.eval.statistics.SingleLabels;

/** Which classes were taken for which, all runs together. */
public final class ConfusionSection implements Section {
    private static final int MOST_CLASSES = 60;
    private static final int LISTED = 15;

    /** Classes whose matrix fits a phone. */
    private static final int FEW_CLASSES = 10;

    private final Html body;

    private ConfusionSection(Html body) {
        this.body = body;
    }

    /** The section, for results judged by accuracy; reads every run's scores. */
    public static Optional<Section> of(ScoredResult scored) {
        if (scored.metric().filter(metric -> metric == ClipMetric.ACCURACY).isEmpty()) {
            return Optional.empty();
        }
        List<Integer> labels = new ArrayList<>();
        List<Integer> predicted = new ArrayList<>();
        for (EvaluationRun run : scored.result().runs()) {
            TestScores scores = scored.scores(run);
            int[] labelsOfRun = SingleLabels.of(scores);
            for (int i = 0; i < labelsOfRun.length; i++) {
                labels.add(labelsOfRun[i]);
                predicted.add(Accuracy.argmax(scores.scoresNC()[i]));
            }
        }
        List<String> names = scored.result().classes();
        ConfusionMatrix matrix = ConfusionMatrix.of(
                labels.stream().mapToInt(i -> i).toArray(),
                predicted.stream().mapToInt(i -> i).toArray(),
                names.size());
        List<Html> parts = new ArrayList<>();
        parts.add(Parts.note("Clips of all runs together; a clip counts once for each seed."));
        if (names.size() <= MOST_CLASSES) {
            parts.add(matrix(matrix, names));
        }
        parts.add(confusions(matrix, names));
        return Optional.of(new ConfusionSection(Html.of(parts)));
    }

    @Override
    public String title() {
        return "Confusions";
    }

    @Override
    public Html body() {
        return body;
    }

    private static Html matrix(ConfusionMatrix matrix, List<String> names) {
        String caption = "Rows: right class; columns: predicted class, by number";
        List<Html> head = new ArrayList<>();
        head.add(Tag.of("th").set("scope", "col").text("class"));
        List<Html> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            head.add(Tag.of("th")
                    .set("scope", "col")
                    .set("title", names.get(row))
                    .text(Integer.toString(row)));
            List<Html> cells = new ArrayList<>();
            cells.add(Tag.of("th").set("scope", "row").text(row + " " + names.get(row)));
            long all = 0;
            for (int column = 0; column < names.size(); column++) {
                all += matrix.count(row, column);
            }
            for (int column = 0; column < names.size(); column++) {
                cells.add(cell(matrix.count(row, column), all, row == column));
            }
            rows.add(Tag.of("tr").with(cells));
        }
        return Table.scrolling(
                caption,
                Tag.of("table")
                        .set("class", names.size() <= FEW_CLASSES ? "confusion few" : "confusion")
                        .with(
                                Tag.of("caption").text(caption),
                                Tag.of("thead").with(Tag.of("tr").with(head)),
                                Tag.of("tbody").with(rows)));
    }

    private static Html cell(long count, long all, boolean right) {
        Tag cell = Tag.of("td");
        if (count == 0) {
            return cell.empty();
        }
        if (right) {
            cell.set("class", "right");
        }
        return cell.set("style", String.format(Locale.ROOT, "--share:%.3f", (double) count / all))
                .text(Long.toString(count));
    }

    private record Confusion(String right, String predicted, long count, double share) {}

    private static Html confusions(ConfusionMatrix matrix, List<String> names) {
        List<Confusion> confusions = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            long all = 0;
            for (int column = 0; column < names.size(); column++) {
                all += matrix.count(row, column);
            }
            for (int column = 0; column < names.size(); column++) {
                long count = matrix.count(row, column);
                if (row != column && count > 0) {
                    confusions.add(new Confusion(names.get(row), names.get(column), count, (double) count / all));
                }
            }
        }
        if (confusions.isEmpty()) {
            return Parts.paragraph("Every clip was recognised.");
        }
        Table table = new Table("The most frequent confusions")
                .column("right")
                .column("taken for")
                .numbers("clips")
                .numbers("of class, %");
        confusions.stream()
                .sorted(Comparator.comparingLong(Confusion::count).reversed())
                .limit(LISTED)
                .forEach(c -> table.row(
                        Html.text(c.right()),
                        Html.text(c.predicted()),
                        Html.text(Long.toString(c.count())),
                        Parts.percent(c.share())));
        return table.html();
    }
}
