package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.config.Config;
import org.sslam.core.io.Hashes;
import org.sslam.eval.finetune.TaskEvaluation;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.ResultFile;
import org.sslam.eval.result.TestScores;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.loop.StopSignal;

/** Whole evaluations by command, at tiny size: results, going on, judging again, and what is refused. */
class FinetuneVerbTest {
    private static final String RECIPE = String.join(
            "\n",
            "task: tiny",
            "encoder: random",
            "threads: 1",
            "data: {folder: unset, loaderThreads: 1}",
            "frontEnd: {frames: 64}",
            "model: {embedDim: 16, depth: 2, numHeads: 2, positionTimeSteps: 8, decoder: {dim: 16, groups: 4}}",
            "optimizer: {learningRate: 0.003, warmupUpdates: 1, maxUpdates: 5, batchSize: 4, clipNorm: 0}",
            "loop: {logEvery: 1, checkpointEvery: 2}");

    @TempDir
    static Path folder;

    private static Path recipe;
    private static Path list;

    @BeforeAll
    static void sounds() throws IOException {
        recipe = folder.resolve("tiny.yaml");
        Files.writeString(recipe, RECIPE + "\noutput: " + folder.resolve("default") + "\n");
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(1, 1, 1);
        Path sounds = folder.resolve("sounds");
        List<String> all = Files.readAllLines(SoundscapeWriter.write(sounds, spec, 1, 60, ProgressListener.NONE)
                .labels());
        List<String> few = new ArrayList<>(List.of(all.get(0)));
        for (int i = 1; i < all.size(); i++) {
            if ((i - 1) % 15 < 3) {
                few.add(all.get(i).replaceFirst("[34]$", "2"));
            }
        }
        list = sounds.resolve("few.csv");
        Files.write(list, few);
    }

    private static String[] finetune(String output, String... more) {
        List<String> words = new ArrayList<>(
                List.of("finetune", recipe.toString(), "data.folder=" + list, "output=" + folder.resolve(output)));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void seedsAndFoldsAreTrainedJudgedAndWrittenDown() throws IOException {
        CommandRun run = CommandRun.of(finetune("whole", "seeds=[1,2]"));
        assertEquals(Main.OK, run.code(), run.err());
        EvaluationResult result = ResultFile.read(folder.resolve("whole"));
        assertEquals("tiny", result.task());
        assertEquals("finetune", result.mode());
        assertEquals("random", result.system());
        assertEquals("accuracy", result.metric());
        assertEquals(3, result.classes().size());
        assertEquals(12, result.coverage().found());
        assertEquals(12, result.coverage().expected());
        assertTrue(result.config().contains("learningRate: 0.003"), result.config());
        assertEquals(
                List.of("seed 1, fold 1", "seed 1, fold 2", "seed 2, fold 1", "seed 2, fold 2"),
                result.runs().stream().map(EvaluationRun::describe).toList());
        for (EvaluationRun one : result.runs()) {
            assertEquals(
                    Set.of("accuracy", "mAP", "AUC", "dPrime"), one.metrics().keySet());
            TestScores scores = ResultFile.scores(folder.resolve("whole"), result, one);
            assertEquals(one.fold().getAsInt() == 1 ? 3 : 9, scores.clips().size());
            assertEquals(one.value(), one.curve().get(one.curve().size() - 1), "the last epoch is the one judged");
        }
        assertTrue(run.out().contains("tiny, finetune, random: accuracy in percent"), run.out());
        assertTrue(run.out().contains("over 2 seeds"), run.out());
        assertTrue(run.err().contains("tiny, encoder random, fine-tuning: rate 0.003"), run.err());

        String before = hashes(folder.resolve("whole"));
        CommandRun again = CommandRun.of(finetune("whole", "seeds=[1,2]"));
        assertEquals(Main.OK, again.code(), again.err());
        assertEquals(run.out(), again.out());
        assertEquals(before, hashes(folder.resolve("whole")), "nothing is trained or judged twice");
        assertEquals(
                4,
                again.errLines().stream().filter(l -> l.contains("is finished")).count(),
                again.err());

        CommandRun third = CommandRun.of(finetune("whole", "seeds=[1,2,3]", "data.folds=[2]"));
        assertEquals(Main.OK, third.code(), third.err());
        assertEquals(3, ResultFile.read(folder.resolve("whole")).runs().size(), "seeds and folds may be added");
    }

    @Test
    void lostScoresAreTakenAgain() throws IOException {
        CommandRun run = CommandRun.of(finetune("scores", "data.folds=[1]"));
        Path scores = folder.resolve("scores").resolve("scores-seed-1-fold-1.safetensors");
        byte[] before = Files.readAllBytes(scores);
        Files.write(scores, new byte[] {1, 2, 3});
        assertEquals(
                run.out(), CommandRun.of(finetune("scores", "data.folds=[1]")).out());
        assertArrayEquals(before, Files.readAllBytes(scores));
    }

    @Test
    void aStoppedEvaluationGoesOnToTheSameResult() throws IOException {
        String longer = "optimizer.maxUpdates=40";
        CommandRun whole = CommandRun.of(finetune("one-go", longer));
        FinetuneConfig config = Config.load(
                        recipe, List.of("data.folder=" + list, "output=" + folder.resolve("two-goes"), longer))
                .bind(FinetuneConfig.class);
        try (StopSignal stop = new StopSignal()) {
            Thread watcher = new Thread(() -> {
                while (!Files.exists(
                        folder.resolve("two-goes").resolve("seed-1-fold-2").resolve("metrics.jsonl"))) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            watcher.setDaemon(true);
            watcher.start();
            assertTrue(new TaskEvaluation(config, "test", line -> {}, PassProgress::over)
                    .run(stop)
                    .isEmpty());
        }
        CommandRun resumed = CommandRun.of(finetune("two-goes", longer));
        assertEquals(
                whole.out().lines().limit(4).toList(),
                resumed.out().lines().limit(4).toList());
        for (String scores : List.of("scores-seed-1-fold-1.safetensors", "scores-seed-1-fold-2.safetensors")) {
            assertEquals(
                    Hashes.sha256(folder.resolve("one-go").resolve(scores)),
                    Hashes.sha256(folder.resolve("two-goes").resolve(scores)));
        }
    }

    @Test
    void keptFeaturesAreComputedOnceForAllFolds() {
        CommandRun run = CommandRun.of(finetune("kept", "mode=linear", "dropPath=0", "cacheFeatures=true"));
        assertEquals(Main.OK, run.code(), run.err());
        assertTrue(run.err().contains("linear evaluation: head only, rate 0.001 (linear.learningRate)"), run.err());
        assertEquals("linear", ResultFile.read(folder.resolve("kept")).mode());
    }

    @Test
    void aRandomEncoderIsAnotherForEachSeed() {
        CommandRun.of(finetune("random", "mode=linear", "linear.learningRate=0", "seeds=[1,2]", "data.folds=[1]"));
        assertNotEquals(
                Hashes.sha256(folder.resolve("random/seed-1-fold-1/model/model.safetensors")),
                Hashes.sha256(folder.resolve("random/seed-2-fold-1/model/model.safetensors")));
    }

    @Test
    void aModelIsJudgedAgainWithoutTraining() throws IOException {
        CommandRun.of(finetune("judged", "data.folds=[1]"));
        double value = ResultFile.read(folder.resolve("judged")).runs().get(0).value();
        Path model = folder.resolve("judged").resolve("seed-1-fold-1");
        Path again = folder.resolve("judged-again");
        CommandRun run = CommandRun.of(
                "evaluate", model.toString(), list.toString(), "--fold", "1", "--output", again.toString());
        assertEquals(Main.OK, run.code(), run.err());
        EvaluationResult result = ResultFile.read(again);
        assertEquals(value, result.runs().get(0).value());
        assertEquals("tiny", result.task());
        assertTrue(result.config().startsWith("model: " + model), "what was run is this judgement: " + result.config());
        assertEquals(
                Hashes.sha256(model.resolve("model/model.safetensors")),
                result.provenance().versions().get("model"));
        assertEquals(
                3,
                ResultFile.scores(again, result, result.runs().get(0)).clips().size());

        CommandRun vectors = CommandRun.of(
                "embed", model.toString(), list.toString(), "--output", again + "-vectors", "--threads", "1");
        assertEquals(Main.OK, vectors.code(), vectors.err());
        assertTrue(vectors.out().startsWith("12 of 12 clips: 12 vectors of 16 numbers"), vectors.out());

        CommandRun seen =
                CommandRun.of("evaluate", model.toString(), list.toString(), "--fold", "2", "--output", again + "-2");
        refused(seen, "is one that the model was trained on");
        Path renamed = list.resolveSibling("renamed.wav");
        Files.copy(list.resolveSibling(training(model)), renamed);
        Path absolute = list.resolveSibling("absolute.csv");
        Files.writeString(
                absolute, "path,labels\n" + renamed + "," + result.classes().get(0) + "\n");
        refused(
                CommandRun.of("evaluate", model.toString(), absolute.toString(), "--output", again + "-6"),
                "is one that the model was trained on (" + training(model));
        refused(
                CommandRun.of(finetune("onward", "data.folds=[2]", "encoder=" + model.resolve("model"))),
                "is one that the model was trained on");
        Path twice = list.resolveSibling("twice.csv");
        String line = renamed + "," + result.classes().get(0) + "\n";
        Files.writeString(twice, "path,labels\n" + line + line);
        refused(
                CommandRun.of("evaluate", model.toString(), twice.toString(), "--output", again + "-7"),
                "is listed twice");
        Path wolves = list.resolveSibling("wolves.csv");
        Files.writeString(wolves, "path,labels\naudio/soundscape-000000.wav,wolf\n");
        refused(
                CommandRun.of("evaluate", model.toString(), wolves.toString(), "--output", again + "-3"),
                "has the label 'wolf'");
        refused(
                CommandRun.of(
                        "evaluate", folder.resolve("judged").toString(), wolves.toString(), "--output", again + "-4"),
                "holds no model; name the folder 'model' of a finished fine-tuning run, for example of");
        Path several = list.resolveSibling("several.csv");
        Files.writeString(
                several, "path,labels\naudio/soundscape-000000.wav," + String.join(";", result.classes()) + "\n");
        refused(
                CommandRun.of("evaluate", model.toString(), several.toString(), "--output", again + "-5"),
                "has 3 labels, but the model was trained to tell one class a clip");
        assertEquals(
                Main.USAGE,
                CommandRun.of("evaluate", model.toString(), list.toString(), "--output", "x", "--batch", "0")
                        .code());
    }

    /** Path of a clip that the model of a run was trained on. */
    private static String training(Path run) throws IOException {
        return Files.readAllLines(run.resolve("model/training-clips.txt"))
                .get(0)
                .split("\t")[1];
    }

    @Test
    void aFinishedTaskKeepsItsResult() throws IOException {
        CommandRun.of(finetune("done", "data.folds=[1]", "threads=1"));
        Path file = folder.resolve("done/result.json");
        String first = Files.readString(file);
        CommandRun.of(finetune("done", "data.folds=[1]", "threads=2"));
        assertEquals(first, Files.readString(file), "nothing was trained, so nothing is said anew");
        EvaluationResult one = ResultFile.read(file.getParent());
        assertEquals(1, one.coverage().folds());
        assertTrue(one.coverage().partial(), "folds are missing");
        CommandRun.of(finetune("done", "threads=2"));
        EvaluationResult whole = ResultFile.read(file.getParent());
        assertEquals(whole.coverage().ofFolds(), whole.coverage().folds());
        assertEquals(one.provenance().startTime(), whole.provenance().startTime());
        Files.writeString(file, "{");
        CommandRun again = CommandRun.of(finetune("done", "threads=2"));
        assertTrue(again.err().contains("it is written anew"), again.err());
        assertEquals(whole, ResultFile.read(file.getParent()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.folder=nowhere | sslam: nowhere does not exist",
                "encoder=nowhere | encoder nowhere is not a folder",
                "optimizer.batchSize=3 mixup.alpha=0.8 | is odd, but mixup mixes a batch in pairs",
                "optimiser.batchSize=3 | unknown key 'optimiser.batchSize'; did you mean 'optimizer.batchSize'?",
                "data.folds=[9] | data.folds names fold 9",
                "head.labels=single head.pooling=max | 'head.pooling' must be",
                "selection.monitor=valid | the task has no validation clips",
                "output=/proc/none | cannot write"
            })
    void mistakesAreOneLineEach(String options, String message) {
        List<String> words = new ArrayList<>(List.of(finetune("mistake-" + message.hashCode())));
        words.addAll(List.of(options.strip().split(" ")));
        refused(CommandRun.of(words.toArray(String[]::new)), message);
    }

    @Test
    void aBrokenTestClipIsLeftOutAndCounted() throws IOException {
        Path sounds = folder.resolve("sounds-broken");
        try (Stream<Path> files = Files.walk(folder.resolve("sounds"))) {
            for (Path file : files.toList()) {
                Path copy = sounds.resolve(folder.resolve("sounds").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.write(sounds.resolve("audio").resolve("soundscape-000001.wav"), new byte[50]);
        CommandRun run = CommandRun.of(finetune(
                "broken", "data.folder=" + sounds.resolve("few.csv"), "data.folds=[1]", "data.quarantineLimit=0.5"));
        assertEquals(Main.OK, run.code(), run.err());
        assertEquals(11, ResultFile.read(folder.resolve("broken")).coverage().found());
        assertTrue(run.err().contains("test clip left out: "), run.err());
        assertTrue(run.out().contains("11 of 12 clips were read"), run.out());
        refused(
                CommandRun.of(
                        finetune("too-broken", "data.folder=" + sounds.resolve("few.csv"), "data.quarantineLimit=0")),
                "cannot be decoded, more than the limit");
    }

    private static void refused(CommandRun run, String message) {
        assertEquals(Main.FAILED, run.code(), run.err());
        List<String> lines = run.errLines().stream()
                .filter(line -> line.startsWith("sslam: "))
                .toList();
        assertEquals(1, lines.size(), run.err());
        assertTrue(lines.get(0).contains(message), run.err());
    }

    /** Hashes of results, scores and models; the result's start time set aside. */
    private static String hashes(Path output) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = output.relativize(file).toString();
                if (name.contains("model") || name.startsWith("scores")) {
                    text.append(name).append(' ').append(Hashes.sha256(file)).append('\n');
                }
            }
        }
        return text.toString();
    }
}
