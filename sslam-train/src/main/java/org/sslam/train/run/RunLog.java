package org.sslam.train.run;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sslam.audio.load.BatchStream;
import org.sslam.audio.load.Quarantined;
import org.sslam.core.engine.ProcessMemory;
import org.sslam.core.run.MetricLog;
import org.sslam.core.run.Progress;
import org.sslam.core.run.TensorBoardWriter;
import org.sslam.train.loop.TrainListener;
import org.sslam.train.loop.TrainState;

/**
 * A run's progress line, metric log and TensorBoard events; saving is handed on.
 *
 * <p>Beside the method's numbers it logs what the machine did since the last line: {@code clips_per_second},
 * {@code data_wait_share} (share of the time spent waiting for batches), {@code memory_mib}.
 */
final class RunLog implements TrainListener {
    private static final double NANOS = 1e9;

    private final MetricLog metrics;
    private final TensorBoardWriter events;
    private final Progress progress;
    private final BatchStream stream;
    private final TrainingSession.Companion companion;
    private final Consumer<TrainState> save;
    private final Consumer<String> notices;
    private long intervalStart = System.nanoTime();
    private long intervalWait;
    private long intervalClips;
    private final Set<Integer> named = new HashSet<>();

    RunLog(
            MetricLog metrics,
            TensorBoardWriter events,
            Progress progress,
            BatchStream stream,
            TrainingSession.Companion companion,
            Consumer<TrainState> save,
            Consumer<String> notices) {
        this.metrics = metrics;
        this.events = events;
        this.progress = progress;
        this.stream = stream;
        this.companion = companion;
        this.save = save;
        this.notices = notices;
        this.intervalWait = stream.stats().waitNanos();
    }

    @Override
    public void stepped(TrainState state, int clips, double loss) {
        intervalClips += clips;
        double seconds = (System.nanoTime() - intervalStart) / NANOS;
        String rate = String.format(Locale.ROOT, "%.1f clips/s", intervalClips / seconds);
        progress.update(
                state.updates(), Double.isNaN(loss) ? rate : String.format(Locale.ROOT, "loss %.4g  %s", loss, rate));
        List<Quarantined> quarantined = stream.stats().quarantined();
        if (quarantined.size() == named.size()) {
            return;
        }
        for (Quarantined broken : quarantined) {
            if (named.add(broken.index())) {
                notices.accept("clip left out: " + broken.path() + " (" + broken.reason() + ")");
            }
        }
    }

    @Override
    public void updated(TrainState state) {
        Map<String, Double> numbers = companion.updated(state);
        if (!numbers.isEmpty()) {
            metrics.append(state.updates(), numbers);
            events.scalars(state.updates(), numbers);
        }
    }

    @Override
    public void logged(long update, Map<String, Double> values) {
        Map<String, Double> line = new TreeMap<>(values);
        long now = System.nanoTime();
        long wait = stream.stats().waitNanos();
        double elapsed = Math.max(1, now - intervalStart);
        line.put("clips_per_second", intervalClips / (elapsed / NANOS));
        line.put("data_wait_share", (wait - intervalWait) / elapsed);
        ProcessMemory.residentMib().ifPresent(mib -> line.put("memory_mib", (double) mib));
        intervalStart = now;
        intervalWait = wait;
        intervalClips = 0;
        metrics.append(update, line);
        events.scalars(update, line);
    }

    @Override
    public void notice(String line) {
        notices.accept(line);
    }

    @Override
    public void checkpointDue(TrainState state) {
        save.accept(state);
    }
}
