package org.sslam.train.run;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.audio.load.BatchStream;
import org.sslam.core.nn.Weights;
import org.sslam.core.ops.TensorLists;
import org.sslam.core.run.MetricLog;
import org.sslam.core.run.Progress;
import org.sslam.core.run.RunDirectory;
import org.sslam.core.run.TensorBoardWriter;
import org.sslam.train.distributed.GradientReducer;
import org.sslam.train.loop.Checkpoints;
import org.sslam.train.loop.LoopConfig;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.TrainState;
import org.sslam.train.loop.Trainer;
import org.sslam.train.loop.TrainingMethod;
import org.sslam.train.optim.OptimizerConfig;

/**
 * What every run shares once its folder is open: it begins at the newest whole checkpoint, trains, logs and saves.
 */
final class TrainingSession {
    private final RunDirectory folder;
    private final Settings settings;
    private final Consumer<String> notices;
    private final Checkpoints checkpoints;
    private final Optional<Checkpoints.Saved> saved;

    /** What the loop is set to. */
    record Settings(
            OptimizerConfig optimizer, LoopConfig loop, long seed, GradientReducer reducer, TensorLists lists) {}

    /** What a kind of run adds to the loop. */
    @FunctionalInterface
    interface Companion {
        /** Files of a checkpoint besides tensors, by name. */
        Map<String, String> texts();

        /** Called after every update; numbers to log, none as a rule. */
        default Map<String, Double> updated(TrainState state) {
            return Map.of();
        }
    }

    TrainingSession(RunDirectory folder, Settings settings, Consumer<String> notices) {
        this.folder = folder;
        this.settings = settings;
        this.notices = notices;
        this.checkpoints = new Checkpoints(folder.checkpoints(), settings.loop(), notices);
        this.saved = checkpoints.latest();
    }

    /** The checkpoint that the run goes on from. */
    Optional<Checkpoints.Saved> saved() {
        return saved;
    }

    /** Where the run goes on. */
    TrainState start() {
        return saved.map(Checkpoints.Saved::state).orElse(TrainState.initial());
    }

    /**
     * Trains to the end, or until a stop is asked for.
     *
     * @param root manager of the method's weights
     * @param stream batches from {@code start().batches()} on
     */
    Trainer.Outcome run(
            NDManager root, TrainingMethod method, BatchStream stream, Companion companion, StopSignal stop) {
        long updates = start().updates();
        String name = folder.folder().getFileName().toString();
        try (MetricLog metrics = MetricLog.open(folder.metrics());
                TensorBoardWriter events = TensorBoardWriter.resume(folder.tensorBoard(), updates);
                Progress progress = Progress.open(
                        name, "steps", updates, settings.optimizer().maxUpdates())) {
            metrics.truncateAfter(updates);
            Trainer[] self = new Trainer[1];
            RunLog log = new RunLog(
                    metrics,
                    events,
                    progress,
                    stream,
                    companion,
                    now -> {
                        metrics.force();
                        checkpoints.save(now, self[0].tensors(), companion.texts());
                    },
                    notices);
            try (Trainer trainer = new Trainer(
                    root,
                    method,
                    settings.optimizer(),
                    settings.loop(),
                    settings.reducer(),
                    settings.lists(),
                    log,
                    settings.seed())) {
                self[0] = trainer;
                saved.ifPresent(from -> resume(trainer, from));
                return trainer.run(stream::next, stop);
            }
        }
    }

    private void resume(Trainer trainer, Checkpoints.Saved from) {
        trainer.tensors()
                .forEach((file, tensors) -> Weights.read(from.path().resolve(file + ".safetensors"), tensors, false));
        trainer.resume(from.state());
        long updates = from.state().updates();
        boolean done = updates >= settings.optimizer().maxUpdates();
        notices.accept(
                done
                        ? folder.folder() + " is finished: all " + updates + " updates are done"
                        : "continuing " + folder.folder() + " after update " + updates);
    }
}
