package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.eval.result.TestScores;
import org.sslam.eval.statistics.ClipMetric;
import org.sslam.eval.statistics.MadeUpResults;

class ReportVerbsTest {
    @TempDir
    private Path folder;

    private String a;
    private String b;

    @BeforeEach
    void writeResults() {
        a = result("a", 70, 3);
        b = result("b", 70, 4);
    }

    private String result(String name, int clips, long seed) {
        MadeUpResults.write(
                folder.resolve(name),
                "task",
                "system " + name,
                ClipMetric.ACCURACY,
                List.of(List.of(MadeUpResults.scores(clips, 4, false, 1, seed, 0.7))));
        return folder.resolve(name).toString();
    }

    @Test
    void aReportGoesWhereItIsTold() {
        Path page = folder.resolve("out").resolve("page.html");
        CommandRun run = CommandRun.of("report", a, b, "--output", page.toString(), "--resamples", "30");
        assertEquals(Main.OK, run.code(), run.err());
        assertEquals("report: " + page + System.lineSeparator(), run.out());
        assertTrue(Files.exists(page));
    }

    @Test
    void withoutAPlaceItGoesBesideTheFirstInput() {
        assertEquals(
                Main.OK,
                CommandRun.of("report", a + "/result.json", "--resamples", "30").code());
        assertTrue(Files.exists(Path.of(a, "report.html")));
    }

    @Test
    void aComparisonPrintsBothAndTheirDifference() {
        CommandRun run = CommandRun.of("report", "compare", a, b, "--resamples", "100");
        assertEquals(Main.OK, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(5, lines.size(), run.out());
        assertTrue(lines.get(0).matches(" +accuracy, % +95 % range"), run.out());
        assertTrue(lines.get(1).matches("system a +[0-9.]+ +[0-9.]+ to [0-9.]+"), run.out());
        assertTrue(lines.get(3).matches("difference +-?[0-9.]+ +-?[0-9.]+ to -?[0-9.]+"), run.out());
        assertTrue(
                lines.get(4).matches("70 test clips; paired bootstrap p = [0-9.]+; sign-flip p = [0-9.]+"), run.out());
        assertEquals(
                run.out(),
                CommandRun.of("report", "compare", a, b, "--resamples", "100").out());
    }

    @Test
    void aComparisonTellsOfOtherSounds() throws IOException {
        assertEquals("", compared("5a", "5a"));
        assertEquals("", compared("", ""), "the same hash of all clips");
        assertTrue(compared("5a", "0b").matches("note: the test clips of .* are other files .*\\R"), "differ");
        Path result = Path.of(a, "result.json");
        Files.writeString(result, Files.readString(result).replace("da7a", "0"));
        String unknown =
                CommandRun.of("report", "compare", a, b, "--resamples", "30").err();
        assertTrue(unknown.matches("note: whether .* cannot be told: .*\\R"), unknown);
        Path page = folder.resolve("c.html");
        CommandRun.of("report", "compare", a, b, "--resamples", "30", "-o", page.toString());
        assertTrue(Files.readString(page).contains("<p class=\"warn\">Note: whether "), "on the page");
    }

    private String compared(String hashA, String hashB) {
        List<List<TestScores>> scores = List.of(List.of(MadeUpResults.scores(40, 4, false, 1, 3, 0.7)));
        Path first = folder.resolve("h" + hashA + "-1");
        Path second = folder.resolve("h" + hashB + "-2");
        MadeUpResults.write(first, "t", "s", ClipMetric.ACCURACY, scores, Optional.empty(), hashA);
        MadeUpResults.write(second, "t", "s", ClipMetric.ACCURACY, scores, Optional.empty(), hashB);
        CommandRun run = CommandRun.of("report", "compare", first.toString(), second.toString(), "--resamples", "30");
        assertEquals(Main.OK, run.code(), run.err());
        return run.err();
    }

    @Test
    void aComparisonIsDrawnAsPictureOrPage() throws IOException {
        Path svg = folder.resolve("c.svg");
        Path html = folder.resolve("c.html");
        CommandRun picture = CommandRun.of("report", "compare", a, b, "-o", svg.toString(), "--resamples", "30");
        assertTrue(picture.out().contains("picture: " + svg), picture.out() + picture.err());
        assertTrue(Files.readString(svg).startsWith("<svg "));
        CommandRun page = CommandRun.of("report", "compare", a, b, "-o", html.toString(), "--resamples", "30");
        assertTrue(page.out().contains("report: " + html), page.out() + page.err());
        assertTrue(Files.readString(html).contains("Paired comparison"));
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        failed("name neither", Main.USAGE, "name a run folder, a result folder or a result.json", "report");
        failed("too few", Main.USAGE, "missing required parameter: 'SECOND'", "report", "compare", a);
        failed("kind", Main.USAGE, "--output must end with .html or .svg", "report", "compare", a, b, "-o", "x.pdf");
        failed("numbers", Main.USAGE, "at least 20 resamples, not 3", "report", a, "--resamples", "3");
        failed("level", Main.USAGE, "between 0 and 1, not at 95.0", "report", "compare", a, b, "--level", "95");
        failed("examples", Main.USAGE, "examples must be 0 to 24", "report", a, "--examples", "99");
        failed(
                "missing",
                Main.FAILED,
                "there is no ",
                "report",
                folder.resolve("none").toString());
        failed(
                "missing",
                Main.FAILED,
                "there is no ",
                "report",
                "compare",
                a,
                folder.resolve("none").toString());
        failed("other clips", Main.FAILED, "is only in ", "report", "compare", a, result("c", 60, 3));
        failed("no sounds", Main.FAILED, "no clips in folder ", "report", a, "--data", a);
        Path file = folder.resolve("file");
        Files.writeString(file, "");
        failed(
                "unwritable",
                Main.FAILED,
                "cannot write ",
                "report",
                a,
                "--examples",
                "0",
                "--map-clips",
                "0",
                "-o",
                file + "/page.html");
        failed("unwritable", Main.FAILED, "cannot write ", "report", "compare", a, b, "-o", file + "/c.svg");
    }

    private static void failed(String what, int code, String reason, String... line) {
        CommandRun run = CommandRun.of(line);
        assertEquals(code, run.code(), what + ": " + run.err());
        assertTrue(run.errLines().size() == 1 && run.err().contains(reason), what + ": " + run.err());
    }
}
