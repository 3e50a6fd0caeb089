package org.sslam.train.sslam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.Batch;
import org.sslam.audio.mix.MixExtent;
import org.sslam.audio.mix.MixKind;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.models.mask.MaskConfig;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.RetentionTarget;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.loop.LoopConfig;
import org.sslam.train.loop.TrainListener;
import org.sslam.train.loop.TrainState;
import org.sslam.train.loop.Trainer;
import org.sslam.train.objective.GlobalReduction;
import org.sslam.train.optim.EmaConfig;
import org.sslam.train.optim.OptimizerConfig;

/** What bfloat16 products do to learning: the loss curve of 300 updates stays within 1 % of float32's. */
@Tag("long")
class HalfPrecisionCurveTest {
    private static final int UPDATES = 300;
    private static final int WINDOW = 20;
    private static final double WITHIN = 0.01;
    private static final int FRAMES = 256;
    private static final int BATCH = 4;

    @BeforeAll
    static void start() {
        Torch.start(1);
    }

    @Test
    void stageTwoLearnsAlike() {
        List<Double> full = curve(Precision.FP32);
        List<Double> half = curve(Precision.BF16);
        assertTrue(mean(full, UPDATES - WINDOW) < mean(full, 0), "float32 learns: " + full);
        double worst = 0;
        for (int from = 0; from + WINDOW <= UPDATES; from += WINDOW) {
            double expected = mean(full, from);
            double found = mean(half, from);
            worst = Math.max(worst, Math.abs(found / expected - 1));
            assertEquals(expected, found, WITHIN * expected, "updates from " + from + " on");
        }
        assertTrue(worst > 0, "the formats differ");
    }

    private static double mean(List<Double> curve, int from) {
        return curve.subList(from, from + WINDOW).stream()
                .mapToDouble(v -> v)
                .average()
                .orElseThrow();
    }

    private static List<Double> curve(Precision precision) {
        List<Double> losses = new ArrayList<>();
        ScriptTensorLists lists = new ScriptTensorLists(1);
        FrontEndConfig frontEnd = FrontEndConfig.audioSet().withFrames(FRAMES);
        SslamPretraining.Settings settings = new SslamPretraining.Settings(
                new SslamConfig(192, 4, 3, 4, 16, 64, 1e-6, new DecoderConfig(192, 16, 3, 6, 0.01, 1e-5)),
                MaskConfig.published(),
                objective(),
                new EmaConfig(0.99, 0.999, 300),
                1,
                0);
        OptimizerConfig recipe = new OptimizerConfig(
                5e-4,
                0,
                30,
                false,
                UPDATES + 1,
                0.9,
                0.95,
                1e-8,
                EpsPlacement.UNCORRECTED,
                0.05,
                false,
                false,
                4,
                BATCH,
                1);
        try (NDManager root = NDManager.newBaseManager();
                SslamPretraining method =
                        new SslamPretraining(root, new ScriptOps(precision), lists, new FrontEnd(frontEnd), settings);
                Trainer trainer = new Trainer(
                        root,
                        method,
                        recipe,
                        new LoopConfig(1000, 1000, 1, 0, 1, 1000, 0, 0),
                        new SingleProcess(),
                        lists,
                        new Losses(losses),
                        1)) {
            Trainer.Batches batches = sounds(frontEnd.melBins());
            for (int i = 0; i < UPDATES; i++) {
                trainer.step(batches);
            }
        }
        return losses;
    }

    private static ObjectiveConfig objective() {
        return new ObjectiveConfig(
                Variant.SSLAM,
                4,
                0,
                1,
                1,
                1,
                1,
                1,
                1,
                0,
                RetentionTarget.Combination.MEAN,
                GlobalReduction.MEAN,
                0,
                new MixingConfig(MixKind.LOGMEL_MAX, MixExtent.PARTIAL, 1),
                new MixItConfig(false, 4));
    }

    /** Log-mels with something to learn: a few bands that sound at a rhythm of their own, and noise. */
    private static Trainer.Batches sounds(int bins) {
        long[] position = {0};
        return () -> {
            SplittableRandom random = new SplittableRandom(position[0]);
            float[] mel = new float[BATCH * FRAMES * bins];
            for (int clip = 0; clip < BATCH; clip++) {
                int band = random.nextInt(bins);
                double rhythm = 0.02 + 0.2 * random.nextDouble();
                for (int frame = 0; frame < FRAMES; frame++) {
                    for (int bin = 0; bin < bins; bin++) {
                        double near = Math.exp(-Math.pow((bin - band) / 12.0, 2));
                        double sound = near * (1 + Math.sin(rhythm * frame));
                        mel[(clip * FRAMES + frame) * bins + bin] = (float) (sound - 0.5 + 0.2 * random.nextDouble());
                    }
                }
            }
            return new Batch(
                    position[0]++, 0, BATCH, FRAMES, bins, mel, new int[BATCH], List.of("a", "b", "c", "d"), List.of());
        };
    }

    private record Losses(List<Double> seen) implements TrainListener {
        @Override
        public void stepped(TrainState state, int clips, double loss) {
            seen.add(loss);
        }

        @Override
        public void logged(long update, Map<String, Double> values) {
            throw new IllegalStateException("no line is due");
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
