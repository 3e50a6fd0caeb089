package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.io.AtomicFiles;
import org.sslam.eval.embed.TestEncoders;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.ResultFile;

/** From a prepared task with folds over its evaluation to the page; then the same result where nothing else is. */
class PreparedTaskReportTest {
    @TempDir
    private Path folder;

    private static CommandRun done(String... line) {
        CommandRun run = CommandRun.of(line);
        assertEquals(Main.OK, run.code(), run.err());
        return run;
    }

    @Test
    void preparedTrainedReportedCopied() throws IOException {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(2, 3, 2);
        Path sounds = folder.resolve("sounds");
        SoundscapeWriter.write(sounds, spec, 1, 24, ProgressListener.NONE);
        Path task = folder.resolve("tp");
        done("data", "prepare", "polyphony-2-3", sounds.toString(), "--output", task.toString());
        assertFalse(Files.exists(task.resolve("eval.csv")), "a task with folds");

        Path encoder = TestEncoders.save(folder.resolve("encoder"), 1);
        Path recipe = folder.resolve("tiny.yaml");
        Files.writeString(
                recipe,
                String.join(
                        "\n",
                        "task: polyphony-2-3",
                        "encoder: '" + encoder + "'",
                        "threads: 1",
                        "output: '" + folder.resolve("otp") + "'",
                        "data: {folder: '" + task + "', loaderThreads: 1, folds: [1, 2]}",
                        "selection: {monitor: eval, keep: best}",
                        "optimizer: {learningRate: 0.003, warmupUpdates: 1, maxUpdates: 3, batchSize: 4, clipNorm: 0}"));
        CommandRun trained = done("finetune", recipe.toString());
        assertTrue(trained.out().contains("  warning: " + EpochChoice.WARNING), trained.out());
        EvaluationResult result = ResultFile.read(folder.resolve("otp"));
        for (EvaluationRun run : result.runs()) {
            assertTrue(run.choice().orElseThrow().optimistic(), run.toString());
            assertEquals(64, run.testHash().length());
        }

        CommandRun reported = done("report", folder.resolve("otp").toString(), "--resamples", "30");
        assertEquals("", noProgress(reported), "nothing is left out");
        String page = Files.readString(folder.resolve("otp").resolve("report.html"));
        assertTrue(page.contains("Clips and partial mixtures"), "sounds");
        assertTrue(page.contains("Features of ") && page.contains("Map of the clips"), "the map");
        assertTrue(page.contains(EpochChoice.WARNING), "the best epoch on the test clips");

        judgedAgain(result, task);

        Path copy = folder.resolve("elsewhere");
        Files.createDirectories(copy);
        for (EvaluationRun run : result.runs()) {
            Files.copy(folder.resolve("otp").resolve(run.scores()), copy.resolve(run.scores()));
        }
        Files.copy(folder.resolve("otp/result.json"), copy.resolve("result.json"));
        AtomicFiles.deleteTree(sounds);
        String lost = noProgress(done("report", copy.toString(), "--resamples", "30"));
        assertTrue(lost.contains("not shown: "), lost);
        assertTrue(lost.contains("no map of the features of "), lost);
        AtomicFiles.deleteTree(task);
        AtomicFiles.deleteTree(encoder);
        String alone = noProgress(done("report", copy.toString(), "--resamples", "30"));
        assertEquals(1, alone.lines().count(), alone);
        assertTrue(alone.contains("its sounds are not here"), alone);
    }

    /** Both commands name the same test clips by the same hash. */
    private void judgedAgain(EvaluationResult result, Path task) throws IOException {
        Path again = folder.resolve("again");
        Path model = folder.resolve("otp").resolve("seed-1-fold-1");
        done(
                "evaluate",
                model.toString(),
                task.resolve("train.csv").toString(),
                "--fold",
                "1",
                "--output",
                again.toString());
        EvaluationRun run = ResultFile.read(again).runs().get(0);
        assertEquals(result.runs().get(0).testHash(), run.testHash());
        assertTrue(ResultFile.read(again).choice(run).orElseThrow().optimistic(), "told by the model's configuration");
        assertEquals("", noProgress(done("report", again.toString(), "--resamples", "30")));
        String page = Files.readString(again.resolve("report.html"));
        assertTrue(page.contains("Map of the clips") && page.contains("Features of "), "by the model itself");
    }

    private static String noProgress(CommandRun run) {
        StringBuilder text = new StringBuilder();
        run.errLines().stream().filter(line -> !line.startsWith("map")).forEach(line -> text.append(line)
                .append('\n'));
        return text.toString();
    }
}
