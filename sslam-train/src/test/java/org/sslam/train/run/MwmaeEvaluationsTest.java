package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.Mode;
import org.sslam.train.loop.StopSignal;

/** Shipped evaluations of MW-MAE at tiny size: every one binds and trains, on clips of two chunks, CLS or not. */
class MwmaeEvaluationsTest {
    private static final Path CONFIGS = Path.of("..", "configs", "mwmae", "eval");

    @TempDir
    static Path folder;

    private static TinyTask task;
    private static TinyMwmae tiny;

    @BeforeAll
    static void soundsAndEncoders() throws IOException {
        task = new TinyTask(folder);
        tiny = new TinyMwmae(folder);
        for (String recipe : List.of("esc-tiny-mwmae", "esc-tiny-mae")) {
            try (StopSignal stop = new StopSignal()) {
                PretrainRun.of(
                                tiny.config(recipe + ".yaml", folder.resolve(recipe), "optimizer.maxUpdates=2"),
                                "test",
                                notice -> {})
                        .run(stop);
            }
        }
    }

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static FinetuneConfig tiny(Path recipe, String output, String... more) {
        List<String> overrides = new ArrayList<>(TinyTask.SIZES.stream()
                .filter(o -> !o.startsWith("model.") && !o.startsWith("encoder=") && !o.startsWith("frontEnd."))
                .toList());
        overrides.add("encoder=" + folder.resolve("esc-tiny-mwmae"));
        overrides.add("like=" + folder.resolve("esc-tiny-mwmae"));
        overrides.add("frontEnd.frames=80");
        overrides.add("output=" + folder.resolve(output));
        overrides.add("data.folder=" + task.folder());
        overrides.add("warmupEpochs=null");
        overrides.add("head.labels=auto");
        overrides.add("head.loss=auto");
        overrides.addAll(List.of(more));
        return Config.load(recipe, overrides).bind(FinetuneConfig.class);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void bindsAndTrainsInBothModes(Path recipe) {
        Config.load(recipe, List.of()).bind(FinetuneConfig.class);
        for (Mode mode : Mode.values()) {
            FinetuneConfig config = tiny(
                    recipe,
                    recipe.getFileName() + "-" + mode,
                    "mode=" + mode,
                    "optimizer.maxUpdates=2",
                    "cacheFeatures=" + (mode == Mode.LINEAR));
            FinishedRun run = TinyTask.train(config, new ArrayList<>()).orElseThrow();
            assertEquals(2, run.updates());
            assertFalse(run.curve().isEmpty());
        }
    }

    /** From kept features and from the encoder. */
    @ParameterizedTest
    @ValueSource(strings = {"esc-tiny-mwmae", "esc-tiny-mae"})
    void linearEvaluationLearnsTheClasses(String encoder) {
        for (boolean cached : new boolean[] {true, false}) {
            FinetuneConfig config = tiny(
                    CONFIGS.resolve("esc-tiny-linear.yaml"),
                    encoder + "-linear-" + cached,
                    "encoder=" + folder.resolve(encoder),
                    "cacheFeatures=" + cached,
                    "optimizer.maxUpdates=60",
                    "optimizer.batchSize=8",
                    "linear.learningRate=0.01",
                    "loop.checkpointEvery=1000");
            FinishedRun run = TinyTask.train(config, new ArrayList<>()).orElseThrow();
            double best = run.curve().stream().mapToDouble(v -> v).max().orElseThrow();
            assertTrue(best > 0.5, "accuracy of three classes after each epoch: " + run.curve());
        }
    }

    @Test
    void aRandomEncoderIsLikeAnother() {
        List<String> hashes = new ArrayList<>();
        for (String seed : List.of("1", "1", "2")) {
            FinetuneConfig config = tiny(
                    CONFIGS.resolve("esc-tiny-linear.yaml"),
                    "random-" + hashes.size(),
                    "encoder=random",
                    "seeds=[" + seed + "]",
                    "optimizer.maxUpdates=2");
            TinyTask.train(config, new ArrayList<>());
            hashes.add(TinyTask.model(config).get("model.safetensors"));
        }
        assertEquals(hashes.get(0), hashes.get(1));
        assertNotEquals(hashes.get(0), hashes.get(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frontEnd.frames=60",
                "head.pooling=cls",
                "frontEnd.melBins=128",
                "frontEnd.mean=-4,frontEnd.std=4",
                "hidden.kind=random,cacheFeatures=false"
            })
    void whatDoesNotFitIsRefused(String wrong) {
        FinetuneConfig config = tiny(CONFIGS.resolve("esc-tiny-linear.yaml"), "refused", wrong.split(","));
        assertThrows(UserException.class, () -> TinyTask.train(config, new ArrayList<>()));
    }

    @Test
    void everyRecipeSaysItsCommand() throws IOException {
        for (Path recipe : recipes()) {
            String header = Files.readString(recipe);
            assertTrue(
                    header.contains("scripts/sslam finetune configs/mwmae/eval/" + recipe.getFileName()),
                    recipe.toString());
        }
    }
}
