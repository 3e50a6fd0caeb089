package org.sslam.eval.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

class ResultFileTest {
    private static final List<String> CLASSES = List.of("dog", "rain <\"&'>");

    @TempDir
    private Path folder;

    private static EvaluationResult folds() {
        return Results.result(
                "esc50",
                "tiny",
                "accuracy",
                CLASSES,
                List.of(
                        new EvaluationRun(
                                7,
                                OptionalInt.of(1),
                                0.75,
                                Map.of("accuracy", 0.75, "dPrime", Double.POSITIVE_INFINITY),
                                List.of(),
                                0,
                                "scores-1.safetensors",
                                Optional.of(new EpochChoice(EpochChoice.Monitored.VALID, EpochChoice.Kept.BEST)),
                                "7e57"),
                        new EvaluationRun(
                                7,
                                OptionalInt.of(2),
                                0.5,
                                Map.of(),
                                List.of(0.25, 0.5, 0.4),
                                2,
                                "scores-2.x",
                                Optional.empty(),
                                "")));
    }

    @Test
    void whatIsWrittenIsReadFromFolderAndFile() {
        ResultFile.write(folder, folds());
        assertEquals(folds(), ResultFile.read(folder));
        assertEquals(folds(), ResultFile.read(folder.resolve("result.json")));
    }

    @Test
    void theSchemaIsThatOfTheDocumentation() throws IOException {
        ResultFile.write(folder, folds());
        JsonNode node = new JsonMapper().readTree(folder.resolve("result.json").toFile());
        assertEquals("sslam-result/1", node.path("format").asText());
        assertEquals("rain <\"&'>", node.path("classes").path(1).asText());
        assertEquals(90, node.path("coverage").path("found").asInt());
        assertEquals("da7a", node.path("provenance").path("dataHash").asText());
        JsonNode first = node.path("runs").path(0);
        assertEquals("Infinity", first.path("metrics").path("dPrime").asText());
        assertEquals(1, first.path("fold").asInt());
        String page = Files.readString(Path.of("..", "docs", "results.md"));
        for (String field : List.of(
                "format",
                "task",
                "mode",
                "system",
                "metric",
                "coverage",
                "runs",
                "classes",
                "provenance",
                "config",
                "seed",
                "fold",
                "value",
                "metrics",
                "curve",
                "chosenEpoch",
                "scores",
                "monitored",
                "kept",
                "testHash")) {
            assertTrue(page.contains("`" + field + "`"), "docs/results.md does not describe " + field);
        }
    }

    @Test
    void fieldsOfALaterWriterArePassedOver() throws IOException {
        ResultFile.write(folder, folds());
        edit("\"task\"", "\"remark\" : [ 1 ], \"task\"");
        assertEquals(folds(), ResultFile.read(folder));
    }

    @Test
    void mistakesAreNamedInOneLine() throws IOException {
        refused("there is no " + folder.resolve("result.json"));
        ResultFile.write(folder, folds());
        String whole = Files.readString(folder.resolve("result.json"));
        refusedAfter(whole, "sslam-result/1", "sslam-result/2", "has format 'sslam-result/2'");
        refusedAfter(whole, "\"value\" : 0.75", "\"value\" : 1.75", "not a fraction");
        refusedAfter(whole, "\"value\" : 0.75", "\"value\" : null", "value is null, not a number");
        refusedAfter(whole, "\"value\" : 0.75", "\"value\" : NaN", "line 17: Non-standard token 'NaN')");
        refusedAfter(whole, "\"fold\" : 2", "\"fold\" : 1", "two runs of seed 7, fold 1");
        refusedAfter(whole, "\"fold\" : 2,", "", "some runs have a fold");
        refusedAfter(whole, "scores-1.safetensors", "../scores-1", "not a file name beside");
        refusedAfter(whole, "\"mode\" : \"linear\"", "\"mode\" : \"guessed\"", "the mode is 'guessed'");
        refusedAfter(whole, "\"classes\"", "\"klasses\"", "classes");
        refusedAfter(whole, "\"found\" : 90", "\"found\" : 190", "found 190 of 100 clips");
        refusedAfter(whole, "\"startTime\"", "\"start\"", "provenance is not a provenance record");
        refusedAfter(whole, "{", "[", "result.json is not a result");
        refusedAfter(whole, whole, "", "has format ''");
    }

    @Test
    void numbersThatContradictEachOtherAreRefused() {
        UserException nan = assertThrows(UserException.class, () -> Results.run(3, "mAP", Double.NaN, "s.safetensors"));
        assertTrue(nan.getMessage().startsWith("the metric of seed 3 is NaN"), nan.getMessage());
        List<EvaluationRun> runs = List.of(Results.run(1, "mAP", 0.5, "s"), Results.run(1, "mAP", 0.6, "t"));
        assertThrows(IllegalArgumentException.class, () -> Results.result("t", "s", "mAP", CLASSES, runs));
        EvaluationRun other = new EvaluationRun(
                1, OptionalInt.empty(), 0.5, Map.of("mAP", 0.4), List.of(), 0, "s", Optional.empty(), "");
        assertThrows(IllegalArgumentException.class, () -> Results.result("t", "s", "mAP", CLASSES, List.of(other)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EvaluationRun(
                        1, OptionalInt.empty(), 0.5, Map.of(), List.of(0.5), 2, "s", Optional.empty(), ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EvaluationRun(
                        1,
                        OptionalInt.empty(),
                        0.5,
                        Map.of("AUC", Double.NaN),
                        List.of(),
                        0,
                        "s",
                        Optional.empty(),
                        ""));
    }

    @Test
    void scoresLieBesideTheirResult() {
        EvaluationRun run = Results.run(1, "mAP", 1, "seed-1.safetensors");
        EvaluationResult result = Results.result("t", "s", "mAP", CLASSES, List.of(run));
        ResultFile.write(folder, result);
        UserException missing = assertThrows(UserException.class, () -> ResultFile.scores(folder, result, run));
        assertTrue(missing.getMessage().contains("seed-1.safetensors, the scores of seed 1"), missing.getMessage());
        Path file = folder.resolve("seed-1.safetensors");
        ScoreFile.write(file, new TestScores(List.of("a"), new float[][] {{1}}, new boolean[][] {{true}}));
        UserException narrow = assertThrows(UserException.class, () -> ResultFile.scores(folder, result, run));
        assertTrue(narrow.getMessage().contains("scores of 1 classes, its result names 2"), narrow.getMessage());
        ScoreFile.write(file, new TestScores(List.of("a"), new float[][] {{1, 0}}, new boolean[][] {{true, false}}));
        assertEquals(
                List.of("a"),
                ResultFile.scores(folder.resolve("result.json"), result, run).clips());
    }

    @Test
    void anUnwritableFolderIsNamed() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "");
        UserException e = assertThrows(UserException.class, () -> ResultFile.write(file, folds()));
        assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
    }

    private void refusedAfter(String whole, String from, String to, String reason) throws IOException {
        Files.writeString(folder.resolve("result.json"), whole);
        edit(from, to);
        refused(reason);
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(folder.resolve("result.json"));
        assertTrue(text.contains(from), from);
        Files.writeString(folder.resolve("result.json"), text.replace(from, to));
    }

    private void refused(String reason) {
        UserException e = assertThrows(UserException.class, () -> ResultFile.read(folder));
        assertTrue(e.getMessage().contains(reason) && e.getMessage().lines().count() == 1, e.getMessage());
    }
}
