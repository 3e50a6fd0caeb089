package org.sslam.core.run;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that is redrawn in place. */
final class ProgressOnTerminal implements Progress {
    private static final int REDRAW_MILLIS = 250;

    private final ProgressBar bar;

    ProgressOnTerminal(String task, String unit, long done, long total) {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .continuousUpdate()
                .build();
    }

    @Override
    public void update(long done, String detail) {
        bar.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}
