package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One number for every model of a table, by command: figures, files that can be read back, tables that are refused. */
class OverallScoreVerbTest {
    /** 97.5 % quantile of Student's t with one and with two degrees of freedom, from printed tables. */
    private static final double T1 = 12.706;

    private static final double T2 = 4.303;

    @TempDir
    Path folder;

    private CommandRun score(String table, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("results.csv"), table);
        String[] words = new String[5 + more.length];
        System.arraycopy(
                new String[] {
                    "analyse",
                    "overall-score",
                    file.toString(),
                    "--out",
                    folder.resolve("out").toString()
                },
                0,
                words,
                0,
                5);
        System.arraycopy(more, 0, words, 5, more.length);
        return CommandRun.of(words);
    }

    private List<CSVRecord> rows() throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .build();
        Path file = folder.resolve("out/overall-score.csv");
        try (CSVParser parser = CSVParser.parse(Files.readString(file), format)) {
            return parser.getRecords();
        }
    }

    private static void check(CSVRecord row, String model, double score, double half, int runs) {
        assertEquals(model, row.get("model"));
        assertEquals(score, Double.parseDouble(row.get("score")), 1e-3, model);
        assertEquals(half, Double.parseDouble(row.get("half_interval_95")), 2e-3 * Math.max(1, half), model);
        assertEquals(runs, Integer.parseInt(row.get("runs")), model);
    }

    /** Bounds are 50 to 100 and 20 to 40; the scores of the runs follow by hand. */
    @Test
    void scoresAndStudentsIntervals() throws IOException {
        CommandRun run = score(String.join(
                "\n",
                "model,run,BO,ESC",
                "worst,1,50,20",
                "\"MAE, plain \"\"b\"\"\",1,75,30",
                "\"MAE, plain \"\"b\"\"\",2,80,31",
                "best,1,100,40",
                "best,2,99,40",
                "best,3,98,39",
                ""));
        assertEquals(Main.OK, run.code(), run.err());
        List<CSVRecord> rows = rows();
        assertEquals(3, rows.size());
        check(rows.get(0), "worst", 0, 0, 1);
        check(rows.get(1), "MAE, plain \"b\"", 53.75, T1 * 7.5 / 2, 2);
        double mean = (100 + 99 + 95.5) / 3;
        double squares = Math.pow(100 - mean, 2) + Math.pow(99 - mean, 2) + Math.pow(95.5 - mean, 2);
        check(rows.get(2), "best", mean, T2 * Math.sqrt(squares / 2 / 3), 3);
        assertTrue(
                ImageIO.read(folder.resolve("out/overall-score.png").toFile()).getWidth() > 100);
        assertTrue(run.out().contains("overall-score.png"), run.out());
    }

    @Test
    void givenBoundsReplaceThoseOfTheTable() throws IOException {
        assertEquals(
                Main.OK,
                score("model,A,B\nm,50,30\n", "--min", "0,20", "--max", "100,40")
                        .code());
        check(rows().get(0), "m", 50, 0, 1);
        CommandRun tooFew = score("model,A,B\nm,50,30\n", "--min", "0", "--max", "100,40");
        assertEquals(Main.USAGE, tooFew.code());
        assertTrue(tooFew.err().contains("one number for each of the 2 tasks"), tooFew.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model,A,A;m,1,2;n,2,3 | names the column 'A' twice",
                "model,model,A;m,n,2 | names the column 'model' twice",
                "name,A;m,1;n,2 | column 'model'",
                "model;m;n | one column a task",
                "model,A,;m,1,2 | header name is missing",
                "model,A,B;m,1;n,1,2 | line 2: 2 fields, but the header has 3",
                "model,A;m,1;n,good | line 3: 'good' in column 'A' is no number",
                "model,A;m,1;n,NaN | line 3: 'NaN' in column 'A' is no finite number",
                "model,A,B;m,1,3;n,2,3 | task 2 ranges from 3.0 to 3.0",
                "model,A | holds no results"
            })
    void badTablesAreRefusedInOneLine(String table, String message) throws IOException {
        CommandRun run = score(table.replace(';', '\n') + "\n");
        assertEquals(Main.FAILED, run.code(), run.out());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertTrue(run.err().contains("results.csv"), run.err());
        assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    }

    @Test
    void aMissingTableIsNamed() {
        Path gone = folder.resolve("gone.csv");
        CommandRun run = CommandRun.of("analyse", "overall-score", gone.toString());
        assertEquals(Main.FAILED, run.code());
        assertTrue(run.err().contains("gone.csv"), run.err());
    }
}
