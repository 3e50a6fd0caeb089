package org.sslam.eval.report.section;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What papers report, from {@code published.json}: table, task, mode, value.
 *
 * <p>Source: SSLAM, tables 1-6 and 9-12, appendix C.
 *
 * @param source where the figures were printed
 * @param classes how many classes a task has, where all results of the task must have as many
 * @param tables one for each table and mode
 */
public record PublishedFigures(String source, Map<String, Integer> classes, List<PublishedTable> tables) {
    private static final double PERCENT = 100;

    /**
     * One printed table.
     *
     * @param table its name
     * @param mode {@code linear} or {@code finetune}
     * @param ablation whether it varies one system instead of comparing several
     * @param tasks names of the columns
     * @param rows its rows
     */
    public record PublishedTable(
            String table, String mode, boolean ablation, List<String> tasks, List<PublishedRow> rows) {}

    /**
     * One printed row.
     *
     * @param system its name
     * @param values in percent, null where nothing is printed
     * @param deviations over seeds in percent; null where none are printed
     */
    public record PublishedRow(String system, List<Double> values, List<Double> deviations) {}

    /**
     * One figure.
     *
     * @param system whose
     * @param table where it is printed
     * @param ablation whether the system is a variation for an ablation
     * @param value a fraction
     * @param deviation over seeds, a fraction
     */
    public record Figure(String system, String table, boolean ablation, double value, OptionalDouble deviation) {}

    /** The figures that come with the library. */
    public static PublishedFigures standard() {
        try (InputStream in = PublishedFigures.class.getResourceAsStream("published.json")) {
            return new JsonMapper().readValue(in, PublishedFigures.class);
        } catch (IOException e) {
            throw new IllegalStateException("the library lacks its published figures", e);
        }
    }

    /**
     * All figures of a task, in the order of the tables.
     *
     * @param task name in any case, with or without dashes
     * @param mode {@code linear}, {@code finetune} or {@code probe}, which is set beside linear figures
     */
    public List<Figure> of(String task, String mode) {
        String printedMode = mode.equals("probe") ? "linear" : mode;
        List<Figure> figures = new ArrayList<>();
        for (PublishedTable table : tables) {
            List<String> names =
                    table.tasks().stream().map(PublishedFigures::plain).toList();
            int column = names.indexOf(plain(task));
            if (column >= 0 && table.mode().equals(printedMode)) {
                for (PublishedRow row : table.rows()) {
                    if (row.values().get(column) != null) {
                        figures.add(figure(table, row, column));
                    }
                }
            }
        }
        return figures;
    }

    /**
     * Says so where a result cannot be of the published task, whatever its name.
     *
     * @param classes of the result
     */
    public Optional<String> caveat(String task, int classes) {
        return this.classes.entrySet().stream()
                .filter(published -> plain(published.getKey()).equals(plain(task)) && published.getValue() != classes)
                .map(published -> "The published figures of " + published.getKey() + " are for its "
                        + published.getValue() + " classes; this result has " + classes
                        + ", so it is of another task under the same name and does not compare.")
                .findFirst();
    }

    private static Figure figure(PublishedTable table, PublishedRow row, int column) {
        OptionalDouble deviation = row.deviations() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(row.deviations().get(column) / PERCENT);
        return new Figure(
                row.system(), table.table(), table.ablation(), row.values().get(column) / PERCENT, deviation);
    }

    private static String plain(String task) {
        return task.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9+]", "");
    }
}
