package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sslam.core.UserException;
import org.sslam.eval.analysis.OverallScore;
import org.sslam.eval.analysis.ScoreTable;
import org.sslam.eval.report.BarPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam analyse overall-score}. */
@Command(
        name = "overall-score",
        description = {
            "One number for every model of a table of results: 0 for the worst of all on every task, 100 for the best.",
            "The table is a CSV file with the column 'model', one column a task, and one row a model or a run of it."
        },
        footer = {"", "Example: sslam analyse overall-score results.csv --out analysis"})
final class OverallScoreVerb extends Verb {
    private static final String NAME = "overall-score";
    private static final List<String> HEADER = List.of("model", "score", "half_interval_95", "runs");

    @Parameters(paramLabel = "FILE", description = "table of results")
    private Path file;

    @Option(
            names = "--min",
            split = ",",
            paramLabel = "X",
            description = "lowest result of each task, in the table's order; default: the lowest in the table")
    private List<Double> min = new ArrayList<>();

    @Option(names = "--max", split = ",", paramLabel = "X", description = "highest result of each task")
    private List<Double> max = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "folder for picture and table; default: ${DEFAULT-VALUE}",
            defaultValue = "analysis")
    private Path folder;

    @Override
    public Integer call() {
        ScoreTable table = ScoreTable.read(file);
        List<ScoreTable.Score> scores = table.scores(bounds(table));
        List<List<Object>> rows = new ArrayList<>();
        List<BarPicture.Bar> bars = new ArrayList<>();
        for (ScoreTable.Score score : scores) {
            rows.add(List.of(score.model(), figure(score.score()), figure(score.halfInterval()), score.runs()));
            bars.add(new BarPicture.Bar(score.model(), score.score(), score.halfInterval()));
            out().println(String.format(
                    Locale.ROOT, "%-24s %6.1f +- %.1f", score.model(), score.score(), score.halfInterval()));
        }
        new BarPicture("Overall score", "s(m)").write(bars, AnalysisInput.picture(folder, NAME));
        out().println(AnalysisInput.table(folder, NAME, HEADER, rows));
        return Main.OK;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private OverallScore bounds(ScoreTable table) {
        int tasks = table.tasks().size();
        if (min.isEmpty() != max.isEmpty() || !min.isEmpty() && (min.size() != tasks || max.size() != tasks)) {
            throw usage("--min and --max need one number for each of the " + tasks + " tasks, or neither is given");
        }
        try {
            return min.isEmpty()
                    ? table.bounds()
                    : new OverallScore(
                            min.stream().mapToDouble(d -> d).toArray(),
                            max.stream().mapToDouble(d -> d).toArray());
        } catch (IllegalArgumentException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }
}
