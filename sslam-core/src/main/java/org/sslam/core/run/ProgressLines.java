package org.sslam.core.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress as lines: {@code stage1  120/700 steps  17%  loss 3.21  8.3 clips/s  eta 1m10s}. */
final class ProgressLines implements Progress {
    private static final String GAP = "  ";
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;

    private final PrintStream out;
    private final LongSupplier nanoClock;
    private final String task;
    private final String unit;
    private final long first;
    private final long total;
    private final long intervalNanos;
    private final long startNanos;
    private long lineNanos;
    private long done;
    private String detail = "";
    private boolean shown = true;

    ProgressLines(
            PrintStream out,
            LongSupplier nanoClock,
            String task,
            String unit,
            long done,
            long total,
            Duration interval) {
        this.out = out;
        this.nanoClock = nanoClock;
        this.task = task;
        this.unit = unit;
        this.first = done;
        this.done = done;
        this.total = total;
        this.intervalNanos = interval.toNanos();
        this.startNanos = nanoClock.getAsLong();
        this.lineNanos = startNanos;
    }

    @Override
    public synchronized void update(long nowDone, String nowDetail) {
        done = nowDone;
        detail = nowDetail;
        shown = false;
        if (nanoClock.getAsLong() - lineNanos >= intervalNanos) {
            print();
        }
    }

    @Override
    public synchronized void close() {
        if (!shown) {
            print();
        }
    }

    private void print() {
        lineNanos = nanoClock.getAsLong();
        shown = true;
        StringBuilder line = new StringBuilder(task);
        line.append(GAP).append(done).append('/').append(total).append(' ').append(unit);
        line.append(GAP).append(total > 0 ? 100 * done / total : 100).append('%');
        if (!detail.isEmpty()) {
            line.append(GAP).append(detail);
        }
        if (done > first && done < total) {
            double perUnit = (lineNanos - startNanos) / (double) (done - first);
            line.append(GAP).append("eta ").append(words(Duration.ofNanos((long) (perUnit * (total - done)))));
        }
        out.println(line);
    }

    /** A duration in its two largest units: {@code 45s}, {@code 1m10s}, {@code 2h05m}. */
    static String words(Duration duration) {
        long seconds = (duration.toMillis() + MILLIS_PER_SECOND / 2) / MILLIS_PER_SECOND;
        long minutes = seconds / SECONDS_PER_MINUTE;
        if (minutes == 0) {
            return seconds + "s";
        }
        if (minutes < MINUTES_PER_HOUR) {
            return "%dm%02ds".formatted(minutes, seconds % SECONDS_PER_MINUTE);
        }
        return "%dh%02dm".formatted(minutes / MINUTES_PER_HOUR, minutes % MINUTES_PER_HOUR);
    }
}
