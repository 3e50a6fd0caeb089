package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
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
import org.sslam.core.io.Hashes;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.vit.PatchNorm;
import org.sslam.train.audiomae.AudioMaeRunConfig;
import org.sslam.train.loop.Checkpoints;
import org.sslam.train.loop.Trainer;

/** Audio-MAE from a YAML file to an encoder: it learns, resumes to the bit, and every shipped recipe trains. */
class AudioMaeRunTest {
    private static final Path CONFIGS = Path.of("..", "configs", "audiomae");

    @TempDir
    static Path folder;

    private static TinyAudioMae tiny;
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void sounds() {
        tiny = new TinyAudioMae(folder);
    }

    @Test
    void aStoppedRunEndsAsTheUninterruptedOne() {
        String[] more = {
            "optimizer.accumulate=2",
            "optimizer.maxUpdates=7",
            "objective.contrast=0.2",
            "frontEnd.rollAndMagnitude=true"
        };
        AudioMaeRunConfig whole = tiny.config(folder.resolve("whole"), more);
        AudioMaeRunConfig halted = tiny.config(folder.resolve("halted"), more);
        assertEquals(Trainer.Outcome.FINISHED, TinyAudioMae.run(whole, notices));
        assertEquals(Trainer.Outcome.STOPPED, TinyAudioMae.stopAfter(halted, 1, notices));
        assertEquals(Trainer.Outcome.FINISHED, TinyAudioMae.run(halted, notices));
        assertEquals(TinyAudioMae.weights(whole.output()), TinyAudioMae.weights(halted.output()));
        assertEquals(TinyAudioMae.logged(whole.output(), "loss"), TinyAudioMae.logged(halted.output(), "loss"));
        assertTrue(TinyAudioMae.names(whole.output()).contains("loss_contrast"));
    }

    @Test
    void itLearnsWhatIsHidden() {
        AudioMaeRunConfig config = tiny.config(
                folder.resolve("learns"),
                "objective.normalizeTargets=false",
                "optimizer.learningRate=0.01",
                "optimizer.maxUpdates=80",
                "loop.logEvery=10",
                "loop.checkpointEvery=1000");
        TinyAudioMae.run(config, notices);
        List<Double> losses = TinyAudioMae.logged(config.output(), "loss");
        double first = losses.get(0);
        double last = losses.get(losses.size() - 1);
        assertTrue(last < 0.8 * first, "loss from " + first + " to " + last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask.kind=time mask.timeRatio=0.5",
                "mask.kind=frequency mask.frequencyRatio=0.5",
                "mask.kind=time-frequency mask.timeRatio=0.5",
                "model.decoder.kind=global",
                "model.decoder.kind=hybrid",
                "model.decoder.shift=both",
                "model.decoder.shift=none",
                "model.positionOrder=aligned",
                "model.patchStride=10 mask.ratio=0.7",
                "model.positionFrames=128",
                "model.positionFrames=128 model.shorterClips=column-slice",
                "objective.reconstruction=0 objective.contrast=1"
            })
    void everyOptionTrains(String options) {
        List<String> more = new ArrayList<>(List.of(options.split(" ")));
        more.add("optimizer.maxUpdates=2");
        AudioMaeRunConfig config =
                tiny.config(folder.resolve("option-" + Math.abs(options.hashCode())), more.toArray(String[]::new));
        assertEquals(Trainer.Outcome.FINISHED, TinyAudioMae.run(config, notices));
        for (double loss : TinyAudioMae.logged(config.output(), "loss")) {
            assertTrue(Double.isFinite(loss) && loss > 0, options + ": loss " + loss);
        }
    }

    @Test
    void theEncoderLeavesAndTheDecoderStaysInTheCheckpoint() {
        AudioMaeRunConfig config = tiny.config(folder.resolve("left"), "optimizer.maxUpdates=2");
        TinyAudioMae.run(config, notices);
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeFiles.Encoder left =
                    AudioMaeFiles.loadEncoder(manager, config.output().resolve("encoder"));
            Path checkpoint = Checkpoints.of(config.output(), notices::add).path();
            AudioMaeFiles.Encoder kept = AudioMaeFiles.loadEncoder(manager, checkpoint);
            AudioMaeFiles.Whole whole = AudioMaeFiles.loadWhole(manager, checkpoint);
            assertEquals(PatchNorm.UNBIASED, whole.targets());
            assertEquals(config.model(), whole.model().encoder().config());
            assertEquals(config.frontEnd(), left.frontEnd());
            left.encoder().state().forEach((name, array) -> {
                assertEquals(array, kept.encoder().state().get(name), name);
                assertEquals(array, whole.model().state().get(name), name);
            });
            assertTrue(whole.model().state().size() > left.encoder().state().size());
            UserException none = assertThrows(
                    UserException.class,
                    () -> AudioMaeFiles.loadWhole(manager, config.output().resolve("encoder")));
            assertFalse(none.getMessage().contains("\n"), none.getMessage());
        }
    }

    @Test
    void aRunBeginsWithAnother() {
        AudioMaeRunConfig first = tiny.config(folder.resolve("first"), "optimizer.maxUpdates=2");
        TinyAudioMae.run(first, notices);
        AudioMaeRunConfig second =
                tiny.config(folder.resolve("second"), "initFrom=" + first.output(), "optimizer.maxUpdates=2");
        assertEquals(Trainer.Outcome.FINISHED, TinyAudioMae.run(second, notices));
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("the weights begin with")), notices.toString());
        AudioMaeRunConfig wider = tiny.config(
                folder.resolve("wider"), "initFrom=" + first.output(), "model.embedDim=32", "optimizer.maxUpdates=2");
        assertThrows(UserException.class, () -> TinyAudioMae.run(wider, notices));
    }

    @Test
    void theHeadOfTheContrastIsTakenOverWhereThereIsOne() {
        String[] still = {
            "objective.contrast=0.2",
            "optimizer.learningRate=0",
            "optimizer.minLearningRate=0",
            "optimizer.maxUpdates=2"
        };
        AudioMaeRunConfig first =
                tiny.config(folder.resolve("head-1"), "objective.contrast=0.2", "optimizer.maxUpdates=2");
        TinyAudioMae.run(first, notices);
        AudioMaeRunConfig second = tiny.config(
                folder.resolve("head-2"),
                Stream.concat(Stream.of(still), Stream.of("initFrom=" + first.output(), "seed=9"))
                        .toArray(String[]::new));
        TinyAudioMae.run(second, notices);
        assertEquals(contrastHead(first.output()), contrastHead(second.output()), "with rate 0 it stays");
        assertTrue(notices.stream().noneMatch(n -> n.contains("head of the contrast")), notices.toString());
        AudioMaeRunConfig without =
                tiny.config(folder.resolve("head-3"), "initFrom=" + first.output(), "optimizer.maxUpdates=2");
        TinyAudioMae.run(without, notices);
        assertTrue(notices.stream().anyMatch(n -> n.endsWith("is left out, as objective.contrast is 0")));
        AudioMaeRunConfig fresh = tiny.config(
                folder.resolve("head-4"),
                "objective.contrast=0.2",
                "initFrom=" + without.output(),
                "optimizer.maxUpdates=2");
        TinyAudioMae.run(fresh, notices);
        assertTrue(notices.stream().anyMatch(n -> n.endsWith("it begins with fresh weights")), notices.toString());
    }

    private String contrastHead(Path run) {
        return Hashes.sha256(Checkpoints.of(run, notices::add).path().resolve("contrast.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method=sslam",
                "mask.ratio=0",
                "mask.ratio=0.999",
                "frontEnd.frames=128",
                "frontEnd.melBins=100",
                "model.patchStride=17",
                "model.decoder.window=3",
                "model.decoder.numHeads=3",
                "objective.reconstruction=0",
                "threads=-1"
            })
    void whatCannotBeIsRefusedInOneLine(String option) {
        UserException e = assertThrows(UserException.class, () -> tiny.config(folder.resolve("wrong"), option), option);
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyShippedRecipeBindsAndTrains(Path recipe) {
        AudioMaeRunConfig asShipped = Config.load(recipe, List.of()).bind(AudioMaeRunConfig.class);
        assertTrue(asShipped.optimizer().maxUpdates() > 2);
        AudioMaeRunConfig config =
                tiny.config(recipe, folder.resolve("recipe-" + recipe.getFileName()), "optimizer.maxUpdates=2");
        assertEquals(Trainer.Outcome.FINISHED, TinyAudioMae.run(config, notices));
    }

    @Test
    void everyShippedSizeBinds() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS.resolve("sizes"))) {
            List<Path> sizes = files.sorted().toList();
            assertEquals(4, sizes.size());
            for (Path size : sizes) {
                AudioMaeRunConfig config = Config.load(
                                size, List.of("method=audiomae", "output=x", "data.path=x", "frontEnd.frames=512"))
                        .bind(AudioMaeRunConfig.class);
                assertTrue(config.model().embedDim() >= 192, size.toString());
            }
        }
    }

    @Test
    void thePublishedRecipeIsThePublishedNumbers() {
        AudioMaeRunConfig config =
                Config.load(CONFIGS.resolve("pretrain.yaml"), List.of()).bind(AudioMaeRunConfig.class);
        assertEquals(512, config.optimizer().batchSize() * config.optimizer().accumulate());
        assertEquals(2e-4 * 512 / 256, config.optimizer().learningRate(), 1e-12);
        assertEquals(1e-6, config.optimizer().minLearningRate());
        assertEquals(0.95, config.optimizer().beta2());
        assertEquals(1e-4, config.optimizer().weightDecay());
        assertEquals(0, config.optimizer().clipNorm());
        assertEquals(
                3.0 / 32,
                (double) config.optimizer().warmupUpdates() / config.optimizer().maxUpdates(),
                1e-4);
        assertEquals(0.8, config.mask().ratio());
        assertTrue(config.objective().normalizeTargets());
        assertTrue(config.frontEnd().rollAndMagnitude());
        assertEquals(16, config.model().decoder().blockCount());
        assertEquals(4, config.model().decoder().windowSide(false));
        assertEquals(2, config.model().decoder().shiftOfWindows(false));
        assertEquals(6, config.model().decoder().windowSide(true));
        assertEquals(2, config.model().decoder().shiftOfWindows(true));
        assertEquals(512, config.model().decoder().dim());
    }
}
