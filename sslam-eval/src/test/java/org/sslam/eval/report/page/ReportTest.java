package org.sslam.eval.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ProgressListener;
import org.sslam.core.UserException;
import org.sslam.core.io.NpyWriter;
import org.sslam.eval.probe.EncoderComparison;
import org.sslam.eval.report.html.Chapter;
import org.sslam.eval.report.html.Page;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.input.ReportInputs;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.TestScores;
import org.sslam.eval.statistics.ClipMetric;
import org.sslam.eval.statistics.MadeUpResults;
import org.sslam.eval.statistics.Resampling;

class ReportTest {
    private static final Resampling FEW = new Resampling(50, 0.95, 1);
    private static final ReportOptions NUMBERS_ONLY =
            new ReportOptions(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, FEW, 1);

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path run;
    private final List<String> notices = new ArrayList<>();

    private static final class NoProgress implements EncoderComparison.Watcher {
        @Override
        public <R> R over(String name, Function<ProgressListener, R> pass) {
            return pass.apply(ProgressListener.NONE);
        }
    }

    @BeforeAll
    static void writeRun() {
        run = MadeUpRun.write(shared.resolve("run"), MadeUpRun.sounds(shared.resolve("sounds")));
    }

    private Page page(ReportOptions options, Path... paths) {
        return new Report(options, "1.2.3", notices::add, new NoProgress()).page(ReportInputs.open(List.of(paths)));
    }

    private static ReportOptions options(Optional<Path> data, Optional<Path> encoder) {
        return new ReportOptions(data, encoder, Optional.empty(), 3, 6, FEW, 1);
    }

    private static List<String> titles(Page page) {
        return page.chapters().stream()
                .map(Chapter::sections)
                .flatMap(List::stream)
                .map(Section::title)
                .toList();
    }

    private Path accuracy(String name, String task, String system, long seed) {
        TestScores scores = MadeUpResults.scores(60, 4, false, 1, seed, 0.7);
        MadeUpResults.write(folder.resolve(name), task, system, ClipMetric.ACCURACY, List.of(List.of(scores)));
        return folder.resolve(name);
    }

    @Test
    void aRunShowsCurvesSoundsMapAndProvenance() {
        Page page = page(options(Optional.empty(), Optional.empty()), run);
        assertEquals("Run run", page.title());
        assertEquals(
                List.of("Learning curves", "Clips and partial mixtures", "Map of the clips", "What was run"),
                titles(page));
        String html = page.html();
        assertEquals(6, html.split("<audio ").length - 1);
        assertEquals(6, html.split("<img alt=\"Log-mel spectrogram of ").length - 1);
        assertTrue(html.contains("<dd>c0ffee</dd>"), "the configuration's hash");
        assertTrue(html.contains("embedDim: 16"), "the configuration");
        assertTrue(html.contains("Features of 6 clips from " + run.resolve("encoder")), "the map");
        assertEquals(List.of(), notices);
    }

    @Test
    void theSameInputsGiveTheSamePage() {
        assertEquals(
                page(options(Optional.empty(), Optional.empty()), run).html(),
                page(options(Optional.empty(), Optional.empty()), run).html());
    }

    @Test
    void aResultShowsItsNumbersAndWhatIsMissing() {
        Page page = page(options(Optional.empty(), Optional.empty()), accuracy("a", "ks2", "<system>", 5));
        assertEquals("<system> on ks2, linear", page.title());
        assertEquals(
                List.of("Result", "Epochs", "Average precision by class", "Confusions", "What was run"), titles(page));
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).endsWith("its sounds are not here, so none are shown; give them with --data"));
        assertTrue(page.html().contains("90 of 100 clips were read, 40 were judged."), "coverage");
        assertFalse(page.html().contains("<system>"), "names are escaped");
    }

    @Test
    void soundsAndEncoderCanBeGiven() {
        Page page = page(
                options(Optional.of(shared.resolve("sounds/labels.csv")), Optional.of(run.resolve("encoder"))),
                accuracy("a", "t", "s", 5),
                accuracy("b", "t", "s2", 6));
        assertEquals(
                1,
                titles(page).stream()
                        .filter("Clips and partial mixtures"::equals)
                        .count());
        assertEquals(1, titles(page).stream().filter("Map of the clips"::equals).count());
    }

    @Test
    void severalResultsAreATableOfSystemsByTasks() {
        Page page = page(
                NUMBERS_ONLY,
                accuracy("a", "ks1", "one", 5),
                accuracy("b", "ks1", "two", 6),
                accuracy("c", "ks2", "two", 7));
        assertEquals("3 results", page.title());
        String table = page.chapters().get(0).sections().get(0).body().markup();
        assertEquals(2, table.split("<tr>").length - 2);
        assertTrue(table.contains("<th scope=\"row\">two, linear</th>"), table);
        assertTrue(table.contains("<td>-</td>"), "one was not judged on ks2");
    }

    @Test
    void resultsOfOneNameAreToldApartByPlace() {
        Page page = page(NUMBERS_ONLY, accuracy("a", "ks1", "one", 5), accuracy("d", "ks1", "one", 9));
        String table = page.chapters().get(0).sections().get(0).body().markup();
        assertTrue(table.contains("one, linear (" + folder.resolve("a") + ")"), table);
        assertTrue(table.contains("one, linear (" + folder.resolve("d") + ")"), table);
    }

    @Test
    void vectorsMadeBeforeMakeTheMap() throws IOException {
        Path vectors = folder.resolve("vectors");
        Files.createDirectories(vectors);
        StringBuilder index = new StringBuilder("row,shard,offset,rows,seconds,start_seconds,hop_seconds,id,path\n");
        float[] points = new float[10];
        for (int i = 0; i < 5; i++) {
            index.append(i + ",0," + i + ",1,1.3,0,0,audio/soundscape-00000" + i + ".wav,gone/" + i + ".wav\n");
            points[2 * i] = i;
            points[2 * i + 1] = i * i;
        }
        Files.writeString(vectors.resolve("index.csv"), index);
        try (NpyWriter shard = NpyWriter.create(vectors.resolve("vectors-00000.npy"), NpyWriter.Type.FLOAT32, 2)) {
            shard.write(points);
            shard.commit();
        }
        ReportOptions options = new ReportOptions(
                Optional.of(shared.resolve("sounds/labels.csv")), Optional.empty(), Optional.of(vectors), 0, 6, FEW, 1);
        Page page = page(options, accuracy("a", "t", "s", 5));
        assertTrue(titles(page).contains("Map of the clips"), titles(page) + " " + notices);
        assertTrue(page.html().contains("Features of 5 clips from " + vectors));
        assertFalse(page.html().contains("unlabelled"), "labels come from the sounds");
        Files.writeString(vectors.resolve("index.csv"), "a,b\n1,2\n");
        UserException e = assertThrows(UserException.class, () -> page(options, folder.resolve("a")));
        assertTrue(e.getMessage().contains("its columns are [a, b]"), e.getMessage());
    }

    @Test
    void publishedFiguresOfTheTaskStandBeside() {
        TestScores scores = MadeUpResults.scores(60, 4, true, 1, 2, 0.7);
        MadeUpResults.write(folder.resolve("p"), "spass-park", "mine", ClipMetric.MAP, List.of(List.of(scores)));
        String html = page(NUMBERS_ONLY, folder.resolve("p")).html();
        assertTrue(html.contains("<data value=\"0.642\">64.2</data>"), "SSLAM, table 2");
        assertTrue(html.contains("± 0.07"), "SSLAM, table 12");
        assertTrue(html.contains("are for its 23 classes; this result has 4,"), "made-up classes");
        assertTrue(html.contains("<data value=\"" + ClipMetric.MAP.of(scores) + "\">"), "the result");
    }

    @Test
    void manyClassesAreFolded() {
        TestScores scores = MadeUpResults.scores(300, 90, true, 1, 2, 0.5);
        MadeUpResults.write(folder.resolve("m"), "t", "s", ClipMetric.MAP, List.of(List.of(scores)));
        String html = page(NUMBERS_ONLY, folder.resolve("m")).html();
        assertTrue(html.contains("The best 15 of ") && html.contains("<details><summary>All "), "best and worst");
    }

    @Test
    void brokenClipsAreNamedAndOthersShown() throws IOException {
        Path sounds = MadeUpRun.sounds(folder.resolve("sounds"));
        for (int i = 0; i < 7; i++) {
            Files.write(folder.resolve("sounds/audio/soundscape-00000" + i + ".wav"), new byte[9]);
        }
        Page page = page(
                new ReportOptions(Optional.of(sounds), Optional.empty(), Optional.empty(), 3, 0, FEW, 1),
                accuracy("a", "t", "s", 5));
        assertTrue(titles(page).contains("Clips and partial mixtures"));
        assertEquals(
                4, notices.stream().filter(n -> n.startsWith("not shown: ")).count());
        assertTrue(notices.contains("not shown: 4 more clips that cannot be read"), notices.toString());
    }

    @Test
    void clipsThatAreGoneCostNeitherMapNorPage() throws IOException {
        Path sounds = MadeUpRun.sounds(folder.resolve("sounds"));
        Path moved = MadeUpRun.write(folder.resolve("moved"), sounds);
        for (int i = 0; i < 4; i++) {
            Files.delete(folder.resolve("sounds/audio/soundscape-00000" + i + ".wav"));
        }
        Page some = page(new ReportOptions(Optional.empty(), Optional.empty(), Optional.empty(), 0, 9, FEW, 1), moved);
        assertTrue(some.html().contains("Features of 5 clips from "), notices.toString());
        assertTrue(notices.contains("not on the map: 1 more clips that cannot be read"), notices.toString());
        for (int i = 4; i < 9; i++) {
            Files.delete(folder.resolve("sounds/audio/soundscape-00000" + i + ".wav"));
        }
        Page none = page(options(Optional.empty(), Optional.empty()), moved);
        assertEquals(List.of("Learning curves", "What was run"), titles(none));
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("no map of the features of ")), notices.toString());
    }

    @Test
    void whatAConfigurationNamesMayBeBroken() throws IOException {
        Path broken = MadeUpRun.write(folder.resolve("broken"), MadeUpRun.sounds(folder.resolve("sounds")));
        Files.writeString(broken.resolve("encoder/model.json"), "{\"format\": \"another/7\"}");
        Page page = page(options(Optional.empty(), Optional.empty()), broken);
        assertEquals(List.of("Learning curves", "Clips and partial mixtures", "What was run"), titles(page));
        assertTrue(notices.get(0).contains("there is no map") && notices.get(0).contains("another/7"), notices.get(0));
        Files.writeString(folder.resolve("sounds/labels.csv"), "no,list\n1,2\n");
        notices.clear();
        Page bare = page(options(Optional.empty(), Optional.empty()), broken);
        assertEquals(List.of("Learning curves", "What was run"), titles(bare));
        assertTrue(notices.get(0).contains("its sounds are not shown; give them with --data"), notices.toString());
        assertEquals(1, notices.size());
        UserException e = assertThrows(
                UserException.class,
                () -> page(
                        options(
                                Optional.of(shared.resolve("sounds/labels.csv")),
                                Optional.of(broken.resolve("encoder"))),
                        run));
        assertTrue(e.getMessage().contains("another/7"), "what an option names must be there");
    }

    @Test
    void anAudioMaeEncoderMakesAMapToo() {
        Path sounds = MadeUpRun.sounds(folder.resolve("sounds"));
        Path other = MadeUpRun.write(folder.resolve("other"), sounds);
        MadeUpRun.audioMaeEncoder(other.resolve("encoder"));
        Page page = page(options(Optional.empty(), Optional.empty()), other);
        assertTrue(titles(page).contains("Map of the clips"), notices.toString());
        assertEquals(List.of(), notices);
    }

    @Test
    void anEpochThatTheTestClipsChoseIsWarnedOf() {
        List<List<TestScores>> scores = List.of(List.of(MadeUpResults.scores(60, 4, false, 1, 5, 0.7)));
        EpochChoice best = new EpochChoice(EpochChoice.Monitored.EVAL, EpochChoice.Kept.BEST);
        MadeUpResults.write(folder.resolve("o"), "t", "s", ClipMetric.ACCURACY, scores, Optional.of(best), "");
        String html = page(NUMBERS_ONLY, folder.resolve("o")).html();
        assertTrue(html.contains("<p class=\"warn\">" + EpochChoice.WARNING + "</p>"), "warned");
        assertTrue(html.contains("accuracy on the test clips, %"), "the chart's name");
        EpochChoice last = new EpochChoice(EpochChoice.Monitored.EVAL, EpochChoice.Kept.LAST);
        MadeUpResults.write(folder.resolve("o"), "t", "s", ClipMetric.ACCURACY, scores, Optional.of(last), "");
        html = page(NUMBERS_ONLY, folder.resolve("o")).html();
        assertFalse(html.contains(EpochChoice.WARNING), "the last epoch was not chosen");
        assertTrue(html.contains("Epochs: test clips were monitored, the last epoch was kept."), "said");
    }

    @Test
    void otherPathsAreNamedInOneLine() throws IOException {
        refused(folder.resolve("none"), "there is no " + folder.resolve("none"));
        refused(folder, folder + " holds neither result.json nor config.yaml");
        Path text = folder.resolve("x.json");
        Files.writeString(text, "[]");
        refused(text, "has format ''");
        Path bare = folder.resolve("bare");
        Files.createDirectories(bare);
        Files.copy(run.resolve("config.yaml"), bare.resolve("config.yaml"));
        Files.copy(run.resolve("provenance.json"), bare.resolve("provenance.json"));
        refused(bare, "is missing or empty");
    }

    private void refused(Path path, String reason) {
        UserException e =
                assertThrows(UserException.class, () -> page(options(Optional.empty(), Optional.empty()), path));
        assertTrue(e.getMessage().contains(reason) && e.getMessage().lines().count() == 1, e.getMessage());
    }
}
