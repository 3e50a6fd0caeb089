package org.sslam.eval.report.section;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Table;
import org.sslam.eval.report.html.Tag;
import org.sslam.eval.statistics.Estimate;
import org.sslam.eval.statistics.ScoredResult;

/** Several results in one table: systems by tasks. */
public final class ComparisonSection implements Section {
    private final Html body;

    /** @param estimates by result, in the order of the rows and columns; results of one name are told apart by place */
    public ComparisonSection(Map<ScoredResult, Estimate> estimates) {
        Map<String, Integer> named = new HashMap<>();
        estimates.keySet().forEach(scored -> named.merge(name(scored) + task(scored), 1, Integer::sum));
        Set<String> tasks = new LinkedHashSet<>();
        Map<String, Map<String, Estimate>> cells = new LinkedHashMap<>();
        estimates.forEach((scored, estimate) -> {
            tasks.add(task(scored));
            boolean alone = named.get(name(scored) + task(scored)) == 1;
            String row = alone ? name(scored) : name(scored) + " (" + scored.path() + ")";
            cells.computeIfAbsent(row, s -> new LinkedHashMap<>()).put(task(scored), estimate);
        });
        this.body = Html.of(table(tasks, cells), note());
    }

    @Override
    public String title() {
        return "Systems by tasks";
    }

    @Override
    public Html body() {
        return body;
    }

    private static Html table(Set<String> tasks, Map<String, Map<String, Estimate>> cells) {
        Table table = new Table("Figures in percent").column("system");
        tasks.forEach(table::column);
        cells.forEach((system, byTask) -> {
            List<Html> row = new ArrayList<>();
            row.add(Html.text(system));
            for (String task : tasks) {
                row.add(byTask.containsKey(task) ? cell(byTask.get(task)) : Html.text("-"));
            }
            table.row("", row);
        });
        return table.html();
    }

    private static String name(ScoredResult scored) {
        return scored.result().system() + ", " + scored.result().mode();
    }

    private static String task(ScoredResult scored) {
        return scored.result().task() + " (" + scored.result().metric() + ")";
    }

    private static Html cell(Estimate estimate) {
        List<Html> parts = new ArrayList<>();
        parts.add(Parts.percent(estimate.value()));
        estimate.interval().ifPresent(interval -> {
            parts.add(Html.text(" "));
            parts.add(Parts.percentRange(interval.low(), interval.high()));
        });
        double low = estimate.interval().map(i -> i.low()).orElse(0.0);
        double high = estimate.interval().map(i -> i.high()).orElse(0.0);
        parts.add(Tag.of("div").with(Parts.bar(estimate.value(), low, high)));
        return Html.of(parts);
    }

    private static Html note() {
        return Parts.note(
                "Ranges are bootstrap intervals over the test clips. Two systems on the same clips are compared more"
                        + " sharply by 'sslam report compare'.");
    }
}
