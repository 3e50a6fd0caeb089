package org.sslam.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.StepClock;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.DeviceUpdate;
import org.sslam.core.ops.TensorLists;
import org.sslam.core.random.Seeds;
import org.sslam.train.distributed.GradientReducer;
import org.sslam.train.optim.AdamW;
import org.sslam.train.optim.OptimizerConfig;

/**
 * The training loop of every method: forward, backward, reduce, guard, clip, update.
 *
 * <p>Order of an update, as in the reference: averages of the last update are moved; losses of all accumulated batches
 * are summed and back-propagated; gradients are summed over processes and divided by the total sample size; the global
 * norm is clipped; AdamW steps with the rates of the finished updates. Everything random is a function of the seed and the
 * position in the data, so a state, the weights and the moments determine the rest of a run.
 *
 * <p>On the CPU every step's numbers are read at once, and a step that is not finite does not count as an update. On a GPU
 * the host waits for the device only where a log line or a checkpoint is due: clipping and the guard are decided on the
 * device ({@link DeviceUpdate}), and an update that is not finite changes neither weights nor moments but counts.
 */
public final class Trainer implements AutoCloseable {
    private static final double CLIP_EPS = 1e-6;

    private final NDManager root;
    private final TrainingMethod method;
    private final OptimizerConfig optimizerConfig;
    private final LoopConfig loopConfig;
    private final StepGuard guard;
    private final GradientReducer reducer;
    private final TensorLists lists;
    private final AdamW optimizer;
    private final Optional<DeviceUpdate> device;
    private final PendingSteps pending;
    private final TrainListener listener;
    private final long seed;
    private TrainState state = TrainState.initial();

    /** Gives the batches in order, from the position that the state names. */
    @FunctionalInterface
    public interface Batches {
        /** The next batch; waits for it. */
        Batch next();
    }

    /** How a run ended. */
    public enum Outcome {
        /** All updates are done. */
        FINISHED,
        /** A stop was asked for. */
        STOPPED
    }

    /**
     * @param root manager of the method's weights
     * @param seed of everything drawn inside a step
     */
    public Trainer(
            NDManager root,
            TrainingMethod method,
            OptimizerConfig optimizerConfig,
            LoopConfig loopConfig,
            GradientReducer reducer,
            TensorLists lists,
            TrainListener listener,
            long seed) {
        this(
                root,
                method,
                optimizerConfig,
                loopConfig,
                reducer,
                lists,
                listener,
                seed,
                root.getDevice().isGpu());
    }

    /**
     * As above.
     *
     * @param onDevice whether the device decides about updates, and its numbers are read late
     */
    Trainer(
            NDManager root,
            TrainingMethod method,
            OptimizerConfig optimizerConfig,
            LoopConfig loopConfig,
            GradientReducer reducer,
            TensorLists lists,
            TrainListener listener,
            long seed,
            boolean onDevice) {
        this.root = root;
        this.method = method;
        this.optimizerConfig = optimizerConfig;
        this.loopConfig = loopConfig;
        this.guard = new StepGuard(loopConfig);
        this.reducer = reducer;
        this.lists = lists;
        this.optimizer = new AdamW(root, method.parameters(), method.rateScale(), optimizerConfig, lists);
        this.listener = listener;
        this.seed = seed;
        DeviceUpdate update = new DeviceUpdate();
        this.device = onDevice ? Optional.of(update) : Optional.empty();
        this.pending = new PendingSteps(root, update);
    }

    /** Where the run stands, as far as the host knows. */
    public TrainState state() {
        return state;
    }

    /** All tensors of a checkpoint, by file and name. */
    public Map<String, Map<String, NDArray>> tensors() {
        Map<String, Map<String, NDArray>> files = new LinkedHashMap<>(method.weights());
        files.put("optimizer", optimizer.state());
        return files;
    }

    /** Continues from a state whose tensors have been read into {@link #tensors()}. */
    public void resume(TrainState from) {
        state = from;
    }

    /**
     * Trains until the last update or until asked to stop.
     *
     * @param batches from position {@code state().batches()} on
     */
    public Outcome run(Batches batches, StopSignal stop) {
        stop.waitForLoop(true);
        try {
            return loop(batches, stop);
        } finally {
            stop.waitForLoop(false);
        }
    }

    private Outcome loop(Batches batches, StopSignal stop) {
        while (state.updates() < optimizerConfig.maxUpdates()) {
            if (stop.requested()) {
                checkpoint();
                return Outcome.STOPPED;
            }
            long before = state.updates();
            step(batches);
            if (state.updates() > before) {
                listener.updated(state);
                if (state.updates() % loopConfig.checkpointEvery() == 0) {
                    checkpoint();
                }
            }
        }
        checkpoint();
        return Outcome.FINISHED;
    }

    /** Waits for what the device has not told yet, and knows it then. */
    public void settle() {
        state = pending.read(state, guard, listener::notice);
    }

    private void checkpoint() {
        settle();
        listener.checkpointDue(state);
    }

    /** One update, or one skipped step. */
    public void step(Batches batches) {
        if (state.averages() < state.updates()) {
            StepClock.part("averages", () -> method.afterUpdate(state.updates()));
            state = state.averagesMoved();
        }
        long next = state.updates() + 1;
        boolean log = next % loopConfig.logEvery() == 0 || next == optimizerConfig.maxUpdates();
        try (NDManager step = root.newSubManager()) {
            method.parameters().values().forEach(Parameter::beginStep);
            Accumulation done = backward(step, batches, log);
            Map<String, NDArray> gradients = done.gradients();
            reducer.sumGradients(gradients.values());
            double sampleSize = reducer.sum(done.sampleSize());
            if (device.isPresent()) {
                launch(device.get(), done, gradients, sampleSize, log);
                return;
            }
            double norm = StepClock.part("norm", () -> lists.globalNorm(new NDList(gradients.values()))) / sampleSize;
            if (!StepGuard.finite(done.total(), norm)) {
                skip(done, norm);
                return;
            }
            double clip = optimizerConfig.clipNorm();
            double scale = (clip > 0 && norm > clip ? clip / (norm + CLIP_EPS) : 1) / sampleSize;
            StepClock.part("optimiser", () -> optimizer.update(gradients, state.updates(), scale));
            finish(done, norm, log);
        } finally {
            method.parameters().values().forEach(Parameter::endStep);
        }
    }

    private void launch(
            DeviceUpdate update, Accumulation done, Map<String, NDArray> gradients, double sampleSize, boolean log) {
        NDArray norm = StepClock.part("norm", () -> update.norm(new NDList(gradients.values())));
        NDArray loss = update.vector(new NDList(done.terms().values())).sum();
        NDArray decision = update.decision(norm, loss, optimizerConfig.clipNorm(), sampleSize);
        StepClock.part("optimiser", () -> optimizer.update(gradients, state.updates(), update, decision));
        pending.add(state.updates() + 1, decision, norm, done.terms(), done.sampleSize(), done.clips());
        double rate = optimizer.rate(state.updates());
        state = state.launched(optimizerConfig.accumulate());
        listener.stepped(state, done.clips().size(), pending.lastLoss());
        if (log) {
            settle();
            log(done, rate);
        }
    }

    @Override
    public void close() {
        optimizer.close();
        pending.close();
    }

    private Accumulation backward(NDManager step, Batches batches, boolean diagnose) {
        Accumulation done = new Accumulation(method, step, device.isPresent());
        for (int i = 0; i < optimizerConfig.accumulate(); i++) {
            Batch batch = StepClock.part("data", batches::next);
            done.add(batch, Seeds.step(seed, state.batches() + i, reducer.rank()), diagnose);
        }
        return done;
    }

    private void skip(Accumulation done, double norm) {
        listener.notice(StepGuard.describe(state.updates(), done.total(), norm, done.clips()));
        state = state.skippedStep(optimizerConfig.accumulate());
        guard.checkPatience(state);
    }

    private void finish(Accumulation done, double norm, boolean log) {
        Map<String, Double> values = new TreeMap<>();
        done.sums().forEach((name, sum) -> values.put("loss_" + name, sum / done.sampleSize()));
        values.put("loss", done.total() / done.sampleSize());
        values.put("gradient_norm", norm);
        double rate = optimizer.rate(state.updates());
        state = state.updated(optimizerConfig.accumulate(), values);
        listener.stepped(state, done.clips().size(), values.get("loss"));
        if (log) {
            log(done, rate);
        }
    }

    private void log(Accumulation done, double rate) {
        Map<String, Double> line = new TreeMap<>(state.means());
        line.put("learning_rate", rate);
        line.put("skipped", (double) state.skipped());
        line.putAll(method.settings(state.updates()));
        line.putAll(done.diagnostics());
        state = state.logged();
        listener.logged(state.updates(), line);
        guard.checkCollapse(state.updates(), done.diagnostics());
    }
}
