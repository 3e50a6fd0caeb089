package org.sslam.train.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.Labels;
import org.sslam.audio.load.Batch;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.loop.TrainListener;
import org.sslam.train.loop.TrainState;
import org.sslam.train.loop.Trainer;

/** Single batches: divisors, what is random, what is kept, what stays in memory. */
class FinetuningTest {
    private static final Labels LABELS = Labels.of(List.of("a", "b", "c"));

    private NDManager root;
    private Ops ops;

    @BeforeEach
    void start() {
        Torch.start(1);
        root = NDManager.newBaseManager();
        ops = new ScriptOps(Precision.FP32);
    }

    @AfterEach
    void stop() {
        root.close();
    }

    private static ClipSource clips(String... labels) {
        List<Clip> clips = new ArrayList<>();
        for (String each : labels) {
            clips.add(new Clip(
                    "clip" + clips.size(),
                    Path.of("clip" + clips.size()),
                    each.isEmpty() ? Set.of() : Set.of(each.split(";")),
                    OptionalInt.empty()));
        }
        return ClipSources.of("test clips", clips);
    }

    private static FinetuneConfig config(String... overrides) {
        StringBuilder yaml = new StringBuilder("task: t\noutput: o\nencoder: e\ndata: {folder: d}\n");
        for (String line : overrides) {
            yaml.append(line).append('\n');
        }
        return Config.parse("test", yaml.toString()).bind(FinetuneConfig.class);
    }

    private Classifier classifier() {
        Torch.seed(3);
        Init init = new Init(root);
        SslamConfig sizes = new SslamConfig(16, 2, 2, 4, 8, 8, 1e-6, new DecoderConfig(16, 4, 3, 2, 0.01, 1e-5));
        return new Classifier(init, new SslamEncoder(init, sizes, 32), 3, Classifier.Pooling.CLS, Classifier.HEAD_STD);
    }

    private Finetuning method(FinetuneConfig config, ClipSource train) {
        Classifier classifier = classifier();
        return new Finetuning(
                root.newSubManager(),
                ops,
                new ScriptTensorLists(1),
                classifier,
                HeadInput.ofMels(classifier, ops),
                train,
                TaskTargets.of(config.head(), LABELS, train),
                config,
                new Finetuning.Draws(1, 0));
    }

    private static Batch batch(long position, int clips) {
        float[] mel = new float[clips * 64 * 32];
        int[] indices = new int[clips];
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < mel.length; i++) {
            mel[i] = (float) Math.sin(i * 0.7 + position);
        }
        for (int i = 0; i < clips; i++) {
            indices[i] = i;
            ids.add("clip" + i);
        }
        return new Batch(position, 0, clips, 64, 32, mel, indices, ids, List.of());
    }

    private double loss(Finetuning method, Batch batch) {
        try (NDManager step = root.newSubManager()) {
            return method.forward(step, batch, false).losses().total().getFloat();
        }
    }

    private double divisor(FinetuneConfig config, String... labels) {
        try (NDManager step = root.newSubManager()) {
            return method(config, clips(labels))
                    .forward(step, batch(0, labels.length), false)
                    .losses()
                    .sampleSize();
        }
    }

    @Test
    void severalLabelsAreDividedByTheirSumAndSingleOnesByClips() {
        assertEquals(4, divisor(config(), "a;b", "c", "", "a"), 1e-6);
        assertEquals(4, divisor(config("mixup: {alpha: 0.8, probability: 1}"), "a;b", "c", "", "a"), 1e-6);
        assertEquals(2, divisor(config(), "a", "b"));
        assertEquals(2, divisor(config("head: {loss: bce}"), "a", "b"));
        assertEquals(1, divisor(config("head: {labels: multi}"), "", ""), "a batch without labels is not divided by 0");
    }

    @Test
    void everyDrawIsAFunctionOfThePosition() {
        FinetuneConfig config = config("mixup: {alpha: 0.8, probability: 1}", "bands: {ratio: 0.3}", "dropPath: 0.5");
        Finetuning method = method(config, clips("a", "b", "c", "a"));
        double first = loss(method, batch(7, 4));
        loss(method, batch(8, 4));
        assertEquals(first, loss(method, batch(7, 4)));
        Batch moved = new Batch(9, 0, 4, 64, 32, batch(7, 4).melBTF(), new int[] {0, 1, 2, 3}, List.of(), List.of());
        assertNotEquals(first, loss(method, moved));
    }

    @Test
    void aBatchStaysAsTheLoaderMadeIt() {
        Batch batch = batch(1, 4);
        float[] before = batch.melBTF().clone();
        loss(method(config("mixup: {alpha: 0.8}", "bands: {ratio: 0.5}"), clips("a", "b", "c", "a")), batch);
        assertArrayEquals(before, batch.melBTF());
    }

    @Test
    void linearEvaluationTrainsTheHeadOnly() {
        ClipSource train = clips("a", "b");
        Map<String, ?> linear = method(config("mode: linear"), train).parameters();
        assertEquals(Set.of("fc_norm.weight", "fc_norm.bias", "head.weight", "head.bias"), linear.keySet());
        assertTrue(method(config(), train).parameters().keySet().containsAll(linear.keySet()));
        assertTrue(method(config(), train).parameters().containsKey("blocks.0.attn.qkv.weight"));
    }

    @Test
    void theBestWeightsComeBack() {
        Finetuning method = method(config("selection: {keep: best}"), clips("a", "b"));
        float[] best = method.parameters().get("head.weight").data().toFloatArray();
        method.keepBest();
        Tensors.fill(method.parameters().get("head.weight").data(), new float[3 * 16]);
        method.restoreBest();
        assertArrayEquals(best, method.parameters().get("head.weight").data().toFloatArray());
        assertTrue(method.weights().containsKey("best"), "a checkpoint keeps them");
        assertFalse(method(config(), clips("a", "b")).weights().containsKey("best"));
    }

    @Test
    void weightsOfClipsFollowTheRecipe() {
        double[] weights = ClipWeights.of(clips("a", "a;b", "a", ""));
        assertEquals(1000 / 3.01, weights[0], 1e-9);
        assertEquals(1000 / 3.01 + 1000 / 1.01, weights[1], 1e-9);
        assertEquals(0, weights[3]);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aScoreThatIsNotFiniteIsNamed(float score) {
        Classifier classifier = classifier();
        ClipSource source = clips("a", "b");
        float[] broken = new float[3];
        broken[1] = score;
        Tensors.fill(classifier.headParameters().get("head.bias").data(), broken);
        Scoring scoring = new Scoring(classifier, ops, root, HeadInput.ofMels(classifier, ops), source);
        UserException e = assertThrows(UserException.class, () -> scoring.add(batch(0, 2)));
        assertTrue(e.getMessage().startsWith("the model's score of clip clip0 is " + score), e.getMessage());
        assertTrue(e.getMessage().contains("linear.learningRate in mode linear"), e.getMessage());
    }

    @Test
    void aSubstituteIsNotJudged() {
        Classifier classifier = classifier();
        Scoring scoring = new Scoring(classifier, ops, root, HeadInput.ofMels(classifier, ops), clips("a", "b", "c"));
        Batch whole = batch(0, 3);
        scoring.add(new Batch(
                0, 0, 3, 64, 32, whole.melBTF(), new int[] {0, 2, 2}, List.of("clip0", "clip2", "clip2"), List.of()));
        assertEquals(List.of(0, 2), scoring.clips());
        assertEquals(2, scoring.logitsNC().length);
        assertTrue(scoring.complete());
    }

    @Test
    void nothingOutlivesAStep() {
        for (String mode : new String[] {"finetune", "linear"}) {
            FinetuneConfig config = config(
                    "mode: " + mode,
                    "mixup: {alpha: 0.8}",
                    "bands: {ratio: 0.2}",
                    "dropPath: 0.5",
                    "head: {pooling: lin-softmax}",
                    "optimizer: {learningRate: 1e-3, warmupUpdates: 0, maxUpdates: 100, batchSize: 4, clipNorm: 0}");
            try (Finetuning method = method(config, clips("a", "b", "c", "a"));
                    Trainer trainer = new Trainer(
                            root,
                            method,
                            config.optimizerFor(4),
                            config.loop(),
                            new SingleProcess(),
                            new ScriptTensorLists(1),
                            new Quiet(),
                            1)) {
                long[] position = {0};
                Trainer.Batches batches = () -> batch(position[0]++, 4);
                trainer.step(batches);
                trainer.step(batches);
                int before = live(method, trainer);
                for (int i = 0; i < 10; i++) {
                    trainer.step(batches);
                }
                assertEquals(before, live(method, trainer), mode);
            }
        }
    }

    private int live(Finetuning method, Trainer trainer) {
        NDManager moments =
                trainer.tensors().get("optimizer").values().iterator().next().getManager();
        return root.getManagedArrays().size()
                + moments.getManagedArrays().size()
                + method.parameters().size();
    }

    private static final class Quiet implements TrainListener {
        @Override
        public void stepped(TrainState state, int clips, double loss) {
            assertTrue(Double.isFinite(loss));
        }

        @Override
        public void logged(long update, Map<String, Double> values) {
            assertTrue(values.containsKey("loss"));
        }

        @Override
        public void notice(String line) {
            throw new IllegalStateException(line);
        }

        @Override
        public void checkpointDue(TrainState state) {
            throw new IllegalStateException("no checkpoint is due");
        }
    }
}
