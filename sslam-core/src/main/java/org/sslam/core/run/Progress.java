package org.sslam.core.run;

import java.time.Duration;

/** Shows how far a task is: a bar on a terminal, plain lines elsewhere; both on the error stream. */
public interface Progress extends AutoCloseable {
    /**
     * Tells how far it is.
     *
     * @param done units finished since the task's very beginning
     * @param detail what else to show, for example {@code "loss 3.21  8.3 clips/s"}; may be empty
     */
    void update(long done, String detail);

    /** Shows the last state and ends the line. */
    @Override
    void close();

    /**
     * A bar or lines, whichever suits where the error stream goes.
     *
     * @param task short name
     * @param unit plural, for example {@code steps}
     * @param done units already finished by an earlier start
     * @param total units of the whole task
     * @param interval least time between two plain lines
     */
    static Progress open(String task, String unit, long done, long total, Duration interval) {
        String terminal = System.getenv("TERM");
        boolean dumb = terminal == null || terminal.isEmpty() || terminal.equals("dumb");
        if (System.console() != null && !dumb) {
            return new ProgressOnTerminal(task, unit, done, total);
        }
        return new ProgressLines(System.err, System::nanoTime, task, unit, done, total, interval);
    }

    /** As above with a line at most every 10 seconds. */
    static Progress open(String task, String unit, long done, long total) {
        return open(task, unit, done, total, Duration.ofSeconds(10));
    }
}
