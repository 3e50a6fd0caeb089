package org.sslam.train.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.audio.load.Batch;
import org.sslam.audio.mix.MixExtent;
import org.sslam.audio.mix.MixKind;
import org.sslam.core.UserException;
import org.sslam.core.engine.ProcessMemory;
import org.sslam.core.engine.TestDevice;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.models.mask.MaskConfig;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.RetentionTarget;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.train.YoungGeneration;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.objective.GlobalReduction;
import org.sslam.train.objective.Losses;
import org.sslam.train.optim.EmaConfig;
import org.sslam.train.optim.OptimizerConfig;
import org.sslam.train.sslam.MixItConfig;
import org.sslam.train.sslam.MixingConfig;
import org.sslam.train.sslam.ObjectiveConfig;
import org.sslam.train.sslam.SslamPretraining;
import org.sslam.train.sslam.Variant;

/** Single steps of the loop: what is skipped, what is updated, what stays in memory. */
class TrainerTest {
    private static ScriptTensorLists lists;
    private final List<String> notices = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Map<String, Double>> lines = new ArrayList<>();

    @BeforeAll
    static void start() {
        Torch.start(1);
        lists = new ScriptTensorLists(1);
    }

    /** Loss = w * factor(position), so that its gradient is the factor. */
    private static class OneWeight implements TrainingMethod {
        final Parameter w;
        final LongFunction<Float> factor;
        final List<Long> averaged = new ArrayList<>();

        OneWeight(NDManager manager, LongFunction<Float> factor) {
            this.w = new Parameter(manager.ones(new Shape(2)));
            this.factor = factor;
        }

        @Override
        public Map<String, Parameter> parameters() {
            return Map.of("w", w);
        }

        @Override
        public Map<String, Map<String, NDArray>> weights() {
            return Map.of("student", Map.of("w", w.data()));
        }

        @Override
        public void afterUpdate(long finishedUpdates) {
            averaged.add(finishedUpdates);
        }

        @Override
        public Result forward(NDManager step, Batch batch, boolean diagnose) {
            Losses losses = new Losses(2);
            NDArray loss = new ScriptOps(Precision.FP32).scale(w.value(), factor.apply(batch.position()));
            loss.attach(step);
            losses.add("w", cost(loss));
            return new Result(losses, Map.of());
        }

        NDArray cost(NDArray scaled) {
            return scaled.sum();
        }

        @Override
        public Map<String, Double> settings(long finishedUpdates) {
            return Map.of();
        }

        @Override
        public void close() {
            w.data().close();
        }
    }

    private final class Listener implements TrainListener {
        @Override
        public void stepped(TrainState state, int clips, double loss) {
            losses.add(loss);
        }

        @Override
        public void logged(long update, Map<String, Double> values) {
            assertTrue(values.containsKey("loss"));
            lines.add(values);
        }

        @Override
        public void notice(String line) {
            notices.add(line);
        }

        @Override
        public void checkpointDue(TrainState state) {
            throw new IllegalStateException("no checkpoint is due");
        }
    }

    private Trainer trainer(NDManager root, TrainingMethod method, int accumulate) {
        return trainer(root, method, accumulate, 1, false);
    }

    private Trainer trainer(NDManager root, TrainingMethod method, int accumulate, long logEvery, boolean onDevice) {
        OptimizerConfig optimizer = new OptimizerConfig(
                0.1, 0, 0, false, 1000, 0.9, 0.95, 1e-8, EpsPlacement.CORRECTED, 0, false, false, 4, 1, accumulate);
        LoopConfig loop = new LoopConfig(logEvery, 1000, 1, 0, 3, 0, 0, 0);
        return new Trainer(root, method, optimizer, loop, new SingleProcess(), lists, new Listener(), 1, onDevice);
    }

    @Test
    void onADeviceNumbersAreReadAtLogLinesAndABadStepChangesNothing() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> position == 1 ? Float.NaN : 1f);
            try (Trainer trainer = trainer(root, method, 1, 3, true)) {
                Trainer.Batches batches = batches();
                trainer.step(batches);
                float[] before = method.w.data().toFloatArray();
                trainer.step(batches);
                assertArrayEquals(before, method.w.data().toFloatArray());
                assertEquals(List.of(Double.NaN, Double.NaN), losses, "nothing is read between log lines");
                assertEquals(0, trainer.state().skipped());
                trainer.step(batches);
                assertEquals(3, trainer.state().updates());
                assertEquals(1, trainer.state().skipped());
                assertEquals(0, trainer.state().consecutiveSkipped());
                assertTrue(notices.get(0).startsWith("update 2 skipped"), notices.toString());
                assertTrue(notices.get(0).contains("clip-2"), notices.toString());
                assertEquals(1, lines.size());
                assertTrue(Double.isFinite(lines.get(0).get("loss")));
                assertEquals(1.0, lines.get(0).get("skipped"));
            }
        }
    }

    @Test
    void theDeviceDecidesAsTheHostDoes() {
        float[][] weights = new float[2][];
        double[] norms = new double[2];
        for (int onDevice = 0; onDevice < 2; onDevice++) {
            try (NDManager root = TestDevice.manager()) {
                OneWeight method = new OneWeight(root, position -> 20f * (position + 1));
                try (Trainer trainer = trainer(root, method, 2, 2, onDevice == 1)) {
                    Trainer.Batches batches = batches();
                    for (int i = 0; i < 4; i++) {
                        trainer.step(batches);
                    }
                    assertEquals(8, trainer.state().batches());
                    weights[onDevice] = method.w.data().toFloatArray();
                    float[] moment =
                            trainer.tensors().get("optimizer").get("exp_avg.w").toFloatArray();
                    norms[onDevice] = moment[0];
                }
            }
        }
        assertArrayEquals(weights[0], weights[1], 1e-6f);
        assertEquals(norms[0], norms[1], 1e-6, "clipped alike");
    }

    @Test
    void tooManyBadStepsEndTheRunOnADeviceToo() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> Float.NaN);
            try (Trainer trainer = trainer(root, method, 1, 4, true)) {
                Trainer.Batches batches = batches();
                for (int i = 0; i < 3; i++) {
                    trainer.step(batches);
                }
                UserException e = assertThrows(UserException.class, () -> trainer.step(batches));
                assertTrue(e.getMessage().startsWith("3 steps in a row were not finite"), e.getMessage());
            }
        }
    }

    private static Trainer.Batches batches() {
        long[] position = {0};
        return () -> new Batch(
                position[0]++, 0, 1, 1, 1, new float[1], new int[1], List.of("clip-" + position[0]), List.of());
    }

    @Test
    void aStepThatIsNotFiniteChangesNothing() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> position == 1 ? Float.NaN : 1f);
            try (Trainer trainer = trainer(root, method, 1)) {
                Trainer.Batches batches = batches();
                trainer.step(batches);
                float[] before = method.w.data().toFloatArray();
                float[] moments =
                        trainer.tensors().get("optimizer").get("exp_avg.w").toFloatArray();
                trainer.step(batches);
                assertArrayEquals(before, method.w.data().toFloatArray());
                assertArrayEquals(
                        moments,
                        trainer.tensors().get("optimizer").get("exp_avg.w").toFloatArray());
                assertEquals(1, trainer.state().updates());
                assertEquals(2, trainer.state().batches());
                assertEquals(1, trainer.state().skipped());
                assertTrue(notices.get(0).contains("clip-2"), notices.toString());
                trainer.step(batches);
                assertEquals(2, trainer.state().updates());
                assertEquals(0, trainer.state().consecutiveSkipped());
                assertEquals(List.of(1L), method.averaged, "a skipped step moves no average");
                assertTrue(losses.size() == 2 && losses.stream().allMatch(Double::isFinite), losses.toString());
            }
        }
    }

    /** sqrt(0 * w) is 0, its slope infinite, and 0 times that no number. */
    @Test
    void aGradientThatIsNotFiniteBehindAFiniteLossChangesNothing() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> position == 1 ? 0f : 1f) {
                @Override
                NDArray cost(NDArray scaled) {
                    return scaled.sqrt().sum();
                }
            };
            try (Trainer trainer = trainer(root, method, 1)) {
                Trainer.Batches batches = batches();
                trainer.step(batches);
                float[] before = method.w.data().toFloatArray();
                trainer.step(batches);
                assertArrayEquals(before, method.w.data().toFloatArray());
                assertEquals(1, trainer.state().skipped());
                assertTrue(
                        notices.get(0)
                                .matches(
                                        "update 2 skipped, weights untouched: loss 0.0, gradient norm (NaN|Infinity), clips clip-2"),
                        notices.toString());
                trainer.step(batches);
                assertEquals(2, trainer.state().updates());
            }
        }
    }

    @Test
    void aBatchWithANumberThatIsNoneChangesNoWeight() {
        try (NDManager root = TestDevice.manager();
                SslamPretraining method = sslam(root);
                Trainer trainer = trainer(root, method, 1)) {
            Trainer.Batches whole = mels();
            trainer.step(whole);
            Map<String, float[]> before = values(trainer);
            trainer.step(() -> {
                Batch batch = whole.next();
                batch.melBTF()[77] = Float.NaN;
                return batch;
            });
            assertEquals(1, trainer.state().skipped());
            assertTrue(notices.get(0).endsWith("clips a, b"), notices.toString());
            Map<String, float[]> after = values(trainer);
            before.forEach((name, expected) -> assertArrayEquals(expected, after.get(name), name));
            assertEquals(before.size(), after.size());
            trainer.step(mels());
            assertEquals(2, trainer.state().updates());
        }
    }

    /** Student and moments; the teacher follows the student's last update before the step, as it should. */
    private static Map<String, float[]> values(Trainer trainer) {
        Map<String, float[]> values = new TreeMap<>();
        for (String file : List.of("student", "optimizer")) {
            trainer.tensors()
                    .get(file)
                    .forEach((name, tensor) -> values.put(
                            file + "/" + name,
                            tensor.toType(DataType.FLOAT32, false).toFloatArray()));
        }
        return values;
    }

    @Test
    void tooManySkippedStepsEndTheRun() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> Float.POSITIVE_INFINITY);
            try (Trainer trainer = trainer(root, method, 1)) {
                Trainer.Batches batches = batches();
                trainer.step(batches);
                trainer.step(batches);
                UserException e = assertThrows(UserException.class, () -> trainer.step(batches));
                assertTrue(e.getMessage().startsWith("3 steps in a row were not finite"), e.getMessage());
            }
        }
    }

    @Test
    void accumulatedBatchesAreSummedAndDividedOnce() {
        try (NDManager root = TestDevice.manager()) {
            OneWeight method = new OneWeight(root, position -> (float) (position + 1));
            try (Trainer trainer = trainer(root, method, 3)) {
                trainer.step(batches());
                float firstMoment =
                        trainer.tensors().get("optimizer").get("exp_avg.w").toFloatArray()[0];
                assertEquals(0.1 * (1 + 2 + 3) / (3 * 2), firstMoment, 1e-6);
                assertEquals(3, trainer.state().batches());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOutlivesAStep(boolean onDevice) {
        try (NDManager root = TestDevice.manager();
                SslamPretraining method = sslam(root);
                Trainer trainer = trainer(root, method, 1, 1, onDevice)) {
            Trainer.Batches batches = mels();
            trainer.step(batches);
            trainer.step(batches);
            int before = arrays(root, trainer);
            for (int i = 0; i < 10; i++) {
                trainer.step(batches);
            }
            assertEquals(before, arrays(root, trainer));
            assertTrue(before > 0);
        }
    }

    /** After a warm-up of 2,000 steps, in which the compiler is done too: no new array, and less than 1 MiB of resident memory in 100 steps. */
    @Test
    @Tag("long")
    void fiveHundredStepsLeaveMemoryFlat() {
        try (NDManager root = TestDevice.manager();
                SslamPretraining method = sslam(root);
                Trainer trainer = trainer(root, method, 1)) {
            Trainer.Batches batches = mels();
            for (int i = 0; i < 2000; i++) {
                trainer.step(batches);
            }
            YoungGeneration.touch();
            int arrays = arrays(root, trainer);
            long before = ProcessMemory.residentMib().orElseThrow();
            for (int i = 0; i < 500; i++) {
                trainer.step(batches);
            }
            assertEquals(arrays, arrays(root, trainer));
            long grown = ProcessMemory.residentMib().orElseThrow() - before;
            assertTrue(grown < 5, "resident memory grew by " + grown + " MiB in 500 steps");
        }
    }

    private static int arrays(NDManager root, Trainer trainer) {
        NDManager weights =
                trainer.tensors().get("student").values().iterator().next().getManager();
        NDManager moments =
                trainer.tensors().get("optimizer").values().iterator().next().getManager();
        return root.getManagedArrays().size()
                + weights.getManagedArrays().size()
                + moments.getManagedArrays().size();
    }

    private static SslamPretraining sslam(NDManager root) {
        FrontEndConfig frontEnd = new FrontEndConfig(
                FrontEndKind.KALDI,
                16000,
                32,
                64,
                -4,
                4,
                LengthPolicy.PAD_OR_CUT,
                25,
                10,
                20,
                8000,
                false,
                false,
                AugmentConfig.standard());
        ObjectiveConfig objective = new ObjectiveConfig(
                Variant.SSLAM,
                2,
                0,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                RetentionTarget.Combination.MEAN,
                GlobalReduction.MEAN,
                0,
                new MixingConfig(MixKind.LOGMEL_MAX, MixExtent.PARTIAL, 1),
                new MixItConfig(false, 4));
        SslamConfig model = new SslamConfig(16, 2, 2, 4, 8, 8, 1e-6, new DecoderConfig(16, 4, 3, 2, 0.01, 1e-5));
        return new SslamPretraining(
                root,
                new ScriptOps(Precision.FP32),
                lists,
                new FrontEnd(frontEnd),
                new SslamPretraining.Settings(
                        model, MaskConfig.published(), objective, new EmaConfig(0.99, 0.99, 0), 1, 0));
    }

    private static Trainer.Batches mels() {
        float[] mel = new float[2 * 64 * 32];
        for (int i = 0; i < mel.length; i++) {
            mel[i] = (float) Math.sin(i);
        }
        long[] position = {0};
        return () -> new Batch(position[0]++, 0, 2, 64, 32, mel, new int[2], List.of("a", "b"), List.of());
    }
}
