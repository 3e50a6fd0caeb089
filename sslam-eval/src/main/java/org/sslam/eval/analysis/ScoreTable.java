package org.sslam.eval.analysis;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.math3.distribution.TDistribution;
import org.sslam.core.UserException;

/**
 * Results of models on tasks: a CSV file with a column {@code model}, one column a task, and where a model was run several
 * times one row a run.
 *
 * @param tasks names of the tasks
 * @param results rows of each model, in the order of the file
 */
public record ScoreTable(List<String> tasks, Map<String, List<double[]>> results) {
    private static final String MODEL = "model";
    private static final List<String> NO_TASKS = List.of(MODEL, "run", "seed");
    private static final double CONFIDENCE = 0.95;

    /**
     * The score of a model.
     *
     * @param score mean over its runs
     * @param halfInterval half the 95 % interval of Student's t over runs, 0 for one run
     * @param runs how many
     */
    public record Score(String model, double score, double halfInterval, int runs) {}

    /**
     * Reads a table.
     *
     * @throws UserException if the file cannot be read, has no such columns, or a cell is no number
     */
    public static ScoreTable read(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setTrim(true)
                        .setIgnoreEmptyLines(true)
                        .build()
                        .parse(reader)) {
            List<String> tasks = parser.getHeaderNames().stream()
                    .filter(name -> !NO_TASKS.contains(name))
                    .toList();
            if (!parser.getHeaderNames().contains(MODEL) || tasks.isEmpty()) {
                throw new UserException(file + " needs a header with the column 'model' and one column a task");
            }
            for (int i = 0; i < parser.getHeaderNames().size(); i++) {
                String name = parser.getHeaderNames().get(i);
                if (parser.getHeaderNames().indexOf(name) < i) {
                    throw new UserException(file + ": its header names the column '" + name
                            + "' twice; each task needs one column of its own");
                }
            }
            Map<String, List<double[]>> results = new LinkedHashMap<>();
            for (CSVRecord row : parser) {
                if (!row.isConsistent()) {
                    throw new UserException(file + ", line " + parser.getCurrentLineNumber() + ": " + row.size()
                            + " fields, but the header has "
                            + parser.getHeaderNames().size());
                }
                results.computeIfAbsent(row.get(MODEL), model -> new ArrayList<>())
                        .add(tasks.stream()
                                .mapToDouble(task -> number(file, parser.getCurrentLineNumber(), task, row.get(task)))
                                .toArray());
            }
            if (results.isEmpty()) {
                throw new UserException(file + " holds no results below its header");
            }
            return new ScoreTable(tasks, results);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(file + " cannot be read as a table of results: " + e.getMessage(), e);
        }
    }

    private static double number(Path file, long line, String task, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UserException(
                    file + ", line " + line + ": '" + text + "' in column '" + task + "' is no number", e);
        }
        throw new UserException(
                file + ", line " + line + ": '" + text + "' in column '" + task + "' is no finite number");
    }

    /** Bounds over all rows of the table. */
    public OverallScore bounds() {
        List<double[]> rows = new ArrayList<>();
        results.values().forEach(rows::addAll);
        return OverallScore.over(rows);
    }

    /** Every model's score. */
    public List<Score> scores(OverallScore bounds) {
        List<Score> scores = new ArrayList<>();
        results.forEach((model, rows) ->
                scores.add(score(model, rows.stream().mapToDouble(bounds::of).toArray())));
        return scores;
    }

    private static Score score(String model, double[] runs) {
        double mean = 0;
        for (double run : runs) {
            mean += run / runs.length;
        }
        if (runs.length == 1) {
            return new Score(model, mean, 0, 1);
        }
        double squares = 0;
        for (double run : runs) {
            squares += (run - mean) * (run - mean);
        }
        double error = Math.sqrt(squares / (runs.length - 1) / runs.length);
        double t = new TDistribution(runs.length - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return new Score(model, mean, t * error, runs.length);
    }
}
