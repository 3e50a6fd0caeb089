package org.sslam.train.run;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.load.BatchStream;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.split.Split;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.Finetuning;
import org.sslam.train.finetune.Scoring;
import org.sslam.train.finetune.SelectionConfig;
import org.sslam.train.finetune.TaskTargets;
import org.sslam.train.loop.TrainState;

/** Scores the monitored clips after every epoch, remembers the figures and, where asked for, the best epoch's weights. */
final class EpochMonitor implements TrainingSession.Companion, AutoCloseable {
    private final FinetuneTask task;
    private final Finetuning method;
    private final Optional<Watched> watched;
    private final EpochCurve curve;
    private final BrokenClips broken;
    private final long batchesPerEpoch;
    private final long maxUpdates;

    /**
     * The clips that are scored.
     *
     * @param name {@code valid} or {@code eval}
     * @param stream visits them in order, again and again
     * @param scorings a new pass over them
     */
    record Watched(String name, ClipSource clips, BatchStream stream, Supplier<Scoring> scorings) {}

    EpochMonitor(
            FinetuneTask task,
            Finetuning method,
            Optional<Watched> watched,
            EpochCurve curve,
            BrokenClips broken,
            long batchesPerEpoch,
            long maxUpdates) {
        this.task = task;
        this.method = method;
        this.watched = watched;
        this.curve = curve;
        this.broken = broken;
        this.batchesPerEpoch = batchesPerEpoch;
        this.maxUpdates = maxUpdates;
    }

    /**
     * What a configuration wants scored.
     *
     * @param scorings a new pass over given clips
     * @return empty if nothing
     * @throws UserException if it wants validation clips and there are none
     */
    static Optional<Watched> watched(
            FinetuneConfig config, Split split, ClipStreams streams, Function<ClipSource, Scoring> scorings) {
        SelectionConfig.Monitor choice = config.selection().monitor();
        if (choice == SelectionConfig.Monitor.NONE) {
            return Optional.empty();
        }
        if (choice == SelectionConfig.Monitor.VALID && split.valid().isEmpty()) {
            throw new UserException("selection.monitor is valid, but the task has no validation clips; add a list"
                    + " valid.csv, or set selection.monitor=eval to look at the test clips");
        }
        boolean valid = choice != SelectionConfig.Monitor.EVAL && split.valid().isPresent();
        ClipSource clips = streams.readable(valid ? split.valid().orElseThrow() : split.eval());
        LoaderOptions options = LoaderOptions.evaluation(config.optimizer().batchSize())
                .withData(config.data().loading());
        return Optional.of(new Watched(
                valid ? "valid" : "eval", clips, streams.open(clips, options), () -> scorings.apply(clips)));
    }

    @Override
    public Map<String, String> texts() {
        return Map.of(
                "config.yaml",
                Config.dump(task.config()),
                EpochCurve.FILE,
                curve.toJson(),
                BrokenClips.FILE,
                broken.toJson());
    }

    /** Training clips that could not be decoded. */
    BrokenClips broken() {
        return broken;
    }

    /** An epoch that the last update cuts short counts as one. */
    @Override
    public Map<String, Double> updated(TrainState state) {
        boolean last = state.updates() == maxUpdates;
        long epochs = (state.batches() + (last ? batchesPerEpoch - 1 : 0)) / batchesPerEpoch;
        if (watched.isEmpty() || epochs <= curve.epochs()) {
            return Map.of();
        }
        double value = figure(watched.get());
        boolean best = curve.add(value, epochs);
        if (best && task.config().selection().keep() == SelectionConfig.Keep.BEST) {
            method.keepBest();
        }
        return Map.of("epoch", (double) epochs, watched.get().name() + "_" + task.figureName(), value);
    }

    @Override
    public void close() {
        watched.ifPresent(clips -> clips.stream().close());
    }

    private double figure(Watched clips) {
        Scoring scoring = clips.scorings().get();
        while (!scoring.complete()) {
            scoring.add(clips.stream().next());
        }
        return task.figure()
                .of(scoring.logitsNC(), TaskTargets.table(task.targets().labels(), clips.clips(), scoring.clips()));
    }
}
