package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.nn.Init;
import org.sslam.core.run.MetricLog;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.loop.StopSignal;

/** Whole fine-tuning runs at tiny size: they learn, they continue to the bit, they say what does not fit. */
class FinetuneRunTest {
    @TempDir
    static Path folder;

    private static TinyTask tiny;
    private static Path encoder;
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void sounds() throws IOException {
        tiny = new TinyTask(folder);
        encoder = folder.resolve("encoder");
        Torch.start(1);
        Torch.seed(5);
        try (NDManager manager = NDManager.newBaseManager()) {
            FrontEndConfig frontEnd = new FrontEndConfig(
                    FrontEndKind.KALDI,
                    16000,
                    128,
                    64,
                    -5,
                    4,
                    LengthPolicy.PAD_OR_CUT,
                    25,
                    10,
                    20,
                    8000,
                    true,
                    false,
                    AugmentConfig.standard());
            SslamConfig sizes = new SslamConfig(16, 2, 2, 4, 16, 8, 1e-6, new DecoderConfig(16, 4, 3, 2, 0.01, 1e-5));
            EncoderFiles.save(encoder, new SslamEncoder(new Init(manager), sizes, 128), frontEnd);
        }
    }

    @Test
    void fineTuningLearnsTheClasses() {
        FinetuneConfig config = tiny.config(
                folder.resolve("learns"),
                "optimizer.maxUpdates=150",
                "optimizer.learningRate=0.003",
                "optimizer.batchSize=8",
                "layerDecay=1",
                "loop.checkpointEvery=1000",
                "frontEnd.rollAndMagnitude=true",
                "bands.ratio=0.1",
                "selection.keep=best");
        FinishedRun run = TinyTask.train(config, notices).orElseThrow();
        assertEquals((150 + 3) / 4, run.curve().size(), "four batches an epoch");
        double best = run.curve().get(run.chosenEpoch() - 1);
        assertTrue(best >= 0.8, "accuracy " + best + ", chance is 0.33: " + run.curve());
        assertTrue(run.curve().stream().noneMatch(value -> value > best));
        List<Double> losses = lines(config).stream()
                .filter(line -> line.containsKey("loss"))
                .map(line -> line.get("loss"))
                .toList();
        assertTrue(mean(losses.subList(130, 150)) < 0.75 * mean(losses.subList(0, 20)), losses.toString());
        assertEquals(
                run.curve(),
                lines(config).stream()
                        .filter(line -> line.containsKey("eval_accuracy"))
                        .map(line -> line.get("eval_accuracy"))
                        .toList());
    }

    @Test
    void linearEvaluationLearnsTheHeadAndLeavesTheEncoder() {
        FinetuneConfig config = tiny.config(
                folder.resolve("linear"),
                "encoder=" + encoder,
                "mode=linear",
                "linear.learningRate=0.03",
                "head.pooling=mean",
                "optimizer.maxUpdates=100",
                "optimizer.batchSize=8",
                "loop.checkpointEvery=1000");
        FinishedRun run = TinyTask.train(config, notices).orElseThrow();
        double last = run.curve().get(run.curve().size() - 1);
        assertTrue(last > 0.5, "accuracy " + last + ", chance is 0.33");
        assertEquals(run.curve().size(), run.chosenEpoch(), "the last epoch is kept unless asked otherwise");
        Map<String, float[]> before = tensors(encoder.resolve("model.safetensors"));
        Map<String, float[]> after =
                tensors(TinyTask.run(config, notices).folder().resolve("model").resolve("model.safetensors"));
        before.forEach((name, values) -> assertTrue(Arrays.equals(values, after.get(name)), name));
        assertTrue(after.containsKey("head.weight"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "full | mixup.alpha=0.8 bands.ratio=0.2 frontEnd.rollAndMagnitude=true head.loss=bce selection.keep=best",
                "accumulated | optimizer.accumulate=2 head.labelSmoothing=0.1",
                "linear | mode=linear mixup.alpha=0.8 bands.ratio=0.2 head.loss=bce selection.keep=best",
                "weighted | sampler.kind=weighted sampler.draws=9",
                "cached | mode=linear cacheFeatures=true dropPath=0 selection.keep=best"
            })
    void aStoppedRunEndsAsTheUninterruptedOne(String name, String options) {
        List<String> more = new ArrayList<>(List.of(options.split(" ")));
        more.add("optimizer.maxUpdates=24");
        FinetuneConfig whole = tiny.config(folder.resolve(name + "-whole"), more.toArray(String[]::new));
        FinetuneConfig halted = tiny.config(folder.resolve(name + "-halted"), more.toArray(String[]::new));
        FinishedRun end = TinyTask.train(whole, notices).orElseThrow();
        assertTrue(stopAfter(halted, 2).isEmpty());
        assertTrue(stopAfter(halted, 12).isEmpty());
        assertEquals(end, TinyTask.train(halted, notices).orElseThrow());
        assertEquals(TinyTask.model(whole), TinyTask.model(halted));
        assertEquals(lines(whole), lines(halted), "metric logs");
        assertEquals(2, notices.stream().filter(n -> n.startsWith("continuing")).count(), notices.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixup.alpha=0.8",
                "mixup.alpha=0.8 mixup.probability=0.1",
                "bands.ratio=0.2",
                "bands.bins=20",
                "dropPath=0",
                "layerDecay=0.3",
                "head.pooling=mean",
                "head.pooling=lin-softmax",
                "head.loss=bce",
                "head.labelSmoothing=0.1",
                "frontEnd.rollAndMagnitude=true",
                "frontEnd.noise=true",
                "sampler.kind=weighted sampler.draws=20",
                "mode=linear",
                "linear.learningRate=0.1 mode=linear",
                "seeds=[2]"
            })
    void everyOptionChangesWhatIsLearnt(String options) {
        String base = options.contains("mixup.probability")
                ? "mixup.alpha=0.8"
                : options.contains("linear.learningRate") ? "mode=linear" : "";
        FinetuneConfig without = short3("base-" + base, base);
        if (!Files.exists(without.output())) {
            TinyTask.train(without, notices);
        }
        FinetuneConfig with = short3("with-" + options, options);
        TinyTask.train(with, notices);
        assertNotEquals(
                TinyTask.model(without).get("model.safetensors"),
                TinyTask.model(with).get("model.safetensors"));
    }

    private FinetuneConfig short3(String name, String options) {
        List<String> more = new ArrayList<>();
        Stream.of(options.split(" ")).filter(o -> !o.isBlank()).forEach(more::add);
        more.add("optimizer.maxUpdates=4");
        more.add("optimizer.learningRate=0.01");
        return tiny.config(folder.resolve(name.replaceAll("[^\\w.=-]", "_")), more.toArray(String[]::new));
    }

    @Test
    void droppedPathsActInTheFrozenEncoderToo() {
        FinetuneConfig plain = short3("frozen-plain", "mode=linear dropPath=0");
        FinetuneConfig dropped = short3("frozen-dropped", "mode=linear dropPath=0.9");
        TinyTask.train(plain, notices);
        TinyTask.train(dropped, notices);
        assertNotEquals(TinyTask.model(plain), TinyTask.model(dropped));
    }

    @Test
    void keptFeaturesTrainTheSameHead() {
        String[] still = {"mode=linear", "dropPath=0", "optimizer.maxUpdates=12", "encoder=" + encoder};
        FinetuneConfig fresh = tiny.config(folder.resolve("computed"), still);
        List<String> more = new ArrayList<>(List.of(still));
        more.add("cacheFeatures=true");
        FinetuneConfig cached = tiny.config(folder.resolve("kept"), more.toArray(String[]::new));
        TinyTask.train(fresh, notices);
        TinyTask.train(cached, notices);
        Map<String, float[]> a = tensors(modelOf(fresh));
        Map<String, float[]> b = tensors(modelOf(cached));
        for (String name : a.keySet()) {
            for (int i = 0; i < a.get(name).length; i++) {
                assertEquals(a.get(name)[i], b.get(name)[i], 1e-5, name);
            }
        }
    }

    @Test
    void aFinishedRunSaysSoAndStaysAsItIs() throws IOException {
        FinetuneConfig config = tiny.config(folder.resolve("finished"), "optimizer.maxUpdates=5");
        FinishedRun run = TinyTask.train(config, notices).orElseThrow();
        assertEquals(5, run.updates());
        Path own = TinyTask.run(config, notices).folder();
        try (Stream<Path> left = Files.list(own.resolve("checkpoints"))) {
            assertEquals(0, left.count(), "a finished run keeps its model, not its checkpoints");
        }
        Map<String, String> model = TinyTask.model(config);
        notices.clear();
        assertEquals(run, TinyTask.train(config, notices).orElseThrow());
        assertEquals(model, TinyTask.model(config));
        assertTrue(notices.get(0).endsWith("is finished: all 5 updates are done"), notices.toString());
        FinetuneConfig other = tiny.config(folder.resolve("finished"), "optimizer.maxUpdates=6");
        assertTrue(refusal(other).contains("maxUpdates"));
        Files.move(own.resolve("model"), own.resolve("elsewhere"));
        assertTrue(refusal(config).contains("its folder model is gone"));
    }

    @Test
    void otherWeightsUnderTheSameNameAreRefused() throws IOException {
        Path copy = folder.resolve("copied-encoder");
        Files.createDirectory(copy);
        for (String file : List.of("model.json", "model.safetensors")) {
            Files.copy(encoder.resolve(file), copy.resolve(file));
        }
        FinetuneConfig config = tiny.config(folder.resolve("exchanged"), "encoder=" + copy);
        assertTrue(stopAfter(config, 2).isEmpty());
        byte[] weights = Files.readAllBytes(copy.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(copy.resolve("model.safetensors"), weights);
        assertTrue(refusal(config).contains("belongs to a run with another encoder"));
    }

    @Test
    void aRunFolderStandsForItsEncoder() throws IOException {
        Path run = folder.resolve("my-run");
        Files.createDirectories(run);
        Files.createSymbolicLink(run.resolve("encoder"), encoder);
        FinetuneConfig config = tiny.config(folder.resolve("by-run"), "encoder=" + run, "optimizer.maxUpdates=2");
        assertEquals("my-run", TinyTask.task(config, notices).encoder().name());
        assertTrue(TinyTask.train(config, notices).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frontEnd.mean=-4 frontEnd.std=4 | was trained with mean -5.0 and std 4.0, the configuration asks for -4.0",
                "frontEnd.melBins=64 | was trained with frontEnd.melBins 128, the configuration asks for 64",
                "frontEnd.sampleRateHz=32000 | was trained with frontEnd.sampleRateHz 16000",
                "frontEnd.frames=160 | 160 frames are 10 patches in time",
                "frontEnd.frames=60 | frontEnd.frames does not fit encoder",
                "selection.monitor=valid | the task has no validation clips",
                "sampler.kind=weighted sampler.draws=28 | lower sampler.draws",
                "head.labels=single head.loss=bce head.labelSmoothing=0.1 | labelSmoothing has no effect with loss bce",
                "mode=linear linear.warmupUpdates=8 | correct linear.warmupUpdates",
                "device=gpu7 | device gpu7 was asked for"
            })
    void whatDoesNotFitIsNamed(String options, String message) {
        List<String> more = new ArrayList<>(List.of(options.strip().split(" ")));
        more.add("encoder=" + encoder);
        UserException e = assertThrows(
                UserException.class,
                () -> TinyTask.train(
                        tiny.config(folder.resolve("misfit-" + message.hashCode()), more.toArray(String[]::new)),
                        notices));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void ownStatisticsAreTakenWhenAskedFor() {
        FinetuneConfig config = tiny.config(
                folder.resolve("own-statistics"),
                "encoder=" + encoder,
                "frontEnd.mean=-4",
                "frontEnd.std=4",
                "frontEnd.ownNormalization=true",
                "optimizer.maxUpdates=2");
        assertTrue(TinyTask.train(config, notices).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"nowhere, is not a folder", "empty, holds no model.json", "unfinished, its run is not finished"})
    void encodersThatAreNoneAreNamed(String name, String message) throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("unfinished").resolve("checkpoints"));
        FinetuneConfig config = tiny.config(folder.resolve("none"), "encoder=" + folder.resolve(name));
        assertTrue(refusal(config).contains(message));
    }

    @Test
    void severalLabelsAreLearntByBinaryCrossEntropy() throws IOException {
        List<String> lines = Files.readAllLines(tiny.folder().resolve("train.csv"));
        lines.set(1, lines.get(1) + ";another");
        lines.set(2, lines.get(2).split(",")[0] + ",");
        Path list = tiny.folder().resolve("several.csv");
        Files.write(list, lines);
        FinetuneConfig config = tiny.config(
                folder.resolve("several"),
                "data.train=" + list,
                "data.eval=" + tiny.folder().resolve("eval.csv"),
                "mixup.alpha=0.8",
                "optimizer.maxUpdates=3");
        assertFalse(TinyTask.task(config, notices).targets().single());
        assertTrue(TinyTask.train(config, notices).isPresent());
        assertTrue(lines(config).get(0).containsKey("loss_bce"));
        FinetuneConfig crossed = tiny.config(
                folder.resolve("crossed"),
                "data.train=" + list,
                "data.eval=" + tiny.folder().resolve("eval.csv"),
                "head.loss=cross-entropy");
        assertTrue(refusal(crossed).contains("has 2 labels, but loss cross-entropy needs exactly one"));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    private String refusal(FinetuneConfig config) {
        return assertThrows(UserException.class, () -> TinyTask.train(config, notices))
                .getMessage();
    }

    private static Path modelOf(FinetuneConfig config) {
        return TinyTask.run(config, new ArrayList<>()).folder().resolve("model").resolve("model.safetensors");
    }

    private static Map<String, float[]> tensors(Path file) {
        Map<String, float[]> all = new TreeMap<>();
        try (SafetensorsFile tensors = Safetensors.open(file)) {
            tensors.names().forEach(name -> all.put(name, tensors.floats(name)));
        }
        return all;
    }

    private Optional<FinishedRun> stopAfter(FinetuneConfig config, int updates) {
        FinetuneRun run = TinyTask.run(config, notices);
        try (StopSignal stop = new StopSignal()) {
            Thread watcher = new Thread(() -> {
                Path metrics = run.folder().resolve("metrics.jsonl");
                while (!stop.requested()
                        && (!Files.exists(metrics) || MetricLog.read(metrics).size() < updates)) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            watcher.setDaemon(true);
            watcher.start();
            return run.run(() -> TinyTask.features(config, notices), stop);
        }
    }

    private static List<Map<String, Double>> lines(FinetuneConfig config) {
        return MetricLines.of(TinyTask.run(config, new ArrayList<>()).folder());
    }
}
