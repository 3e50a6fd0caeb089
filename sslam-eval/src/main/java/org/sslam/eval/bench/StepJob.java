package org.sslam.eval.bench;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.core.ops.TensorLists;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.loop.LoopConfig;
import org.sslam.train.loop.TrainListener;
import org.sslam.train.loop.TrainState;
import org.sslam.train.loop.Trainer;
import org.sslam.train.loop.TrainingMethod;
import org.sslam.train.optim.OptimizerConfig;

/** A whole pre-training update on one fixed batch of noise: everything but reading files. */
final class StepJob implements BenchJob {
    static final long NEVER = 1_000_000;

    private final NDManager root;
    private final TrainingMethod method;
    private final Trainer trainer;
    private final Batch batch;
    private long position;

    /** Builds what is trained. */
    @FunctionalInterface
    interface Maker {
        TrainingMethod make(NDManager root, Ops ops, TensorLists lists);
    }

    /**
     * @param frontEnd whose frames and bins the noise has
     * @param recipe of the update
     */
    StepJob(BenchOptions options, FrontEndConfig frontEnd, OptimizerConfig recipe, Maker maker) {
        Torch.start(options.threads());
        this.root = NDManager.newBaseManager(Torch.device(options.device()));
        ScriptTensorLists lists = new ScriptTensorLists(options.threads());
        this.method = maker.make(root, new ScriptOps(options.precision()), lists);
        this.trainer = new Trainer(
                root,
                method,
                recipe,
                new LoopConfig(NEVER, NEVER, 1, 0, 1, NEVER, 0, 0),
                new SingleProcess(),
                lists,
                new Silent(),
                0);
        this.batch = noise(options.batch(), frontEnd);
    }

    /** An update's recipe; only what differs between methods is an argument. */
    static OptimizerConfig recipe(BenchOptions options, double beta2, EpsPlacement eps, double clipNorm) {
        return new OptimizerConfig(
                1e-4, 0, 0, false, NEVER, 0.9, beta2, 1e-8, eps, 0.05, false, false, clipNorm, options.batch(), 1);
    }

    @Override
    public void step() {
        trainer.step(() -> new Batch(
                position++,
                0,
                batch.size(),
                batch.frames(),
                batch.bins(),
                batch.melBTF(),
                batch.clipIndices(),
                batch.ids(),
                List.of()));
    }

    @Override
    public void awaitDevice() {
        Torch.await(root);
    }

    @Override
    public void close() {
        // A step that was not finite says so now at the latest: its time would be no figure.
        try {
            trainer.settle();
        } finally {
            trainer.close();
            method.close();
            root.close();
        }
    }

    private static Batch noise(int size, FrontEndConfig c) {
        SplittableRandom random = new SplittableRandom(0);
        float[] mel = new float[size * c.frames() * c.melBins()];
        for (int i = 0; i < mel.length; i++) {
            mel[i] = (float) (2 * random.nextDouble() - 1);
        }
        int[] indices = IntStream.range(0, size).toArray();
        List<String> ids = IntStream.range(0, size).mapToObj(i -> "noise-" + i).toList();
        return new Batch(0, 0, size, c.frames(), c.melBins(), mel, indices, ids, List.of());
    }

    private static final class Silent implements TrainListener {
        @Override
        public void stepped(TrainState state, int clips, double loss) {
            // only time is of interest
        }

        @Override
        public void logged(long update, Map<String, Double> values) {
            // only time is of interest
        }

        @Override
        public void notice(String line) {
            throw new IllegalStateException(line);
        }

        @Override
        public void checkpointDue(TrainState state) {
            throw new IllegalStateException("a timed step saves nothing");
        }
    }
}
