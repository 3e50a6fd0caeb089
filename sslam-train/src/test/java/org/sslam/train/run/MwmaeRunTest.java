package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.UserException;
import org.sslam.core.config.ConfigTree;
import org.sslam.core.io.Hashes;
import org.sslam.core.run.MetricLog;
import org.sslam.models.mwmae.Mwmae;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.Trainer;

/** Whole runs of MW-MAE and MAE at tiny size: they learn, continue to the bit, and leave an encoder that can be read. */
class MwmaeRunTest {
    @TempDir
    static Path folder;

    private static TinyMwmae tiny;
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void sounds() {
        tiny = new TinyMwmae(folder);
    }

    private static ConfigTree config(String recipe, Path output, String... more) {
        return tiny.config(recipe, output, more);
    }

    private Trainer.Outcome run(ConfigTree tree, StopSignal stop) {
        return PretrainRun.of(tree, "test", notices::add).run(stop);
    }

    private Trainer.Outcome run(ConfigTree tree) {
        try (StopSignal stop = new StopSignal()) {
            return run(tree, stop);
        }
    }

    private static Map<String, String> weights(Path output) {
        Map<String, String> hashes = new TreeMap<>();
        Path newest = TinyRun.newestCheckpoint(output);
        for (String name : List.of("model", "optimizer")) {
            hashes.put(name, Hashes.sha256(newest.resolve(name + ".safetensors")));
        }
        hashes.put("encoder", Hashes.sha256(output.resolve("encoder").resolve("model.safetensors")));
        return hashes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"esc-tiny-mwmae", "esc-tiny-mae"})
    void aStoppedRunEndsAsTheUninterruptedOne(String recipe) {
        Path whole = folder.resolve(recipe + "-whole");
        Path halted = folder.resolve(recipe + "-halted");
        assertEquals(Trainer.Outcome.FINISHED, run(config(recipe + ".yaml", whole, "optimizer.accumulate=2")));
        ConfigTree again = config(recipe + ".yaml", halted, "optimizer.accumulate=2");
        try (StopSignal stop = new StopSignal()) {
            Thread watcher = new Thread(() -> {
                Path metrics = halted.resolve("metrics.jsonl");
                while (!stop.requested()
                        && (!Files.exists(metrics) || MetricLog.read(metrics).size() < 2)) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            watcher.setDaemon(true);
            watcher.start();
            assertEquals(Trainer.Outcome.STOPPED, run(again, stop));
        }
        assertEquals(Trainer.Outcome.FINISHED, run(again));
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("continuing")), notices.toString());
        assertEquals(weights(whole), weights(halted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"esc-tiny-mwmae", "esc-tiny-mae"})
    void theLossFallsAndTheEncoderIsLeft(String recipe) {
        Path output = folder.resolve(recipe + "-learns");
        run(config(
                recipe + ".yaml",
                output,
                "optimizer.maxUpdates=80",
                "optimizer.learningRate=0.003",
                "loop.logEvery=10",
                "loop.checkpointEvery=80"));
        List<Map<String, Double>> log = MetricLog.read(output.resolve("metrics.jsonl"));
        double first = log.get(0).get("loss");
        double last = log.get(log.size() - 1).get("loss");
        assertTrue(last < 0.9 * first, "loss went from " + first + " to " + last);
        assertTrue(log.get(0).containsKey("pred_var") && log.get(0).containsKey("loss_reconstruction"));
        try (NDManager manager = NDManager.newBaseManager()) {
            MwmaeFiles.Loaded<MwmaeEncoder> left = MwmaeFiles.loadEncoder(manager, output.resolve("encoder"));
            MwmaeFiles.Loaded<Mwmae> whole = MwmaeFiles.loadWhole(manager, TinyRun.newestCheckpoint(output));
            assertEquals(left.frontEnd(), whole.frontEnd());
            assertEquals(left.model().config(), whole.model().encoder().config());
            left.model()
                    .state()
                    .forEach((name, tensor) ->
                            assertEquals(tensor, whole.model().encoder().state().get(name), name));
            assertThrows(UserException.class, () -> MwmaeFiles.loadWhole(manager, output.resolve("encoder")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.trainPositions=false",
                "model.decoder.positionBias=false",
                "model.decoder.shift=true",
                "model.decoder.depth=1",
                "model.decoder.windows=[2, 10, 0, 0]",
                "model.encoderWindows=[2, 0]",
                "objective.normalizeTargets=true",
                "objective.maskRatio=0.6"
            })
    void everyOptionTrainsAndChangesWhatIsLearnt(String option) {
        Path plain = folder.resolve("plain-" + option);
        Path other = folder.resolve("option-" + option);
        run(config("esc-tiny-mwmae.yaml", plain, "optimizer.maxUpdates=2"));
        assertEquals(
                Trainer.Outcome.FINISHED, run(config("esc-tiny-mwmae.yaml", other, "optimizer.maxUpdates=2", option)));
        assertNotEquals(weights(plain).get("encoder"), weights(other).get("encoder"));
    }

    @Test
    void fixedPositionsStay() {
        Path output = folder.resolve("fixed");
        run(config("esc-tiny-mwmae.yaml", output, "model.trainPositions=false"));
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] positions = MwmaeFiles.loadEncoder(manager, output.resolve("encoder"))
                    .model()
                    .state()
                    .get("pos_embed")
                    .toFloatArray();
            assertEquals(0, positions[0]);
            assertEquals(1, positions[24 / 4], "cosine of 0");
        }
    }

    @Test
    void aRunCanBeginWithAnother() {
        Path first = folder.resolve("begin-1");
        Path second = folder.resolve("begin-2");
        run(config("esc-tiny-mwmae.yaml", first));
        run(config(
                "esc-tiny-mwmae.yaml",
                second,
                "initFrom=" + first,
                "optimizer.learningRate=0",
                "optimizer.weightDecay=0",
                "optimizer.maxUpdates=2"));
        assertEquals(weights(first).get("encoder"), weights(second).get("encoder"), "with rate 0 the weights stay");
        ConfigTree wider =
                config("esc-tiny-mwmae.yaml", folder.resolve("begin-3"), "initFrom=" + first, "model.embedDim=32");
        UserException e = assertThrows(UserException.class, () -> run(wider));
        assertTrue(e.getMessage().contains("does not fit the model"), e.getMessage());
    }
}
