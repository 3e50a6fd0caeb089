package org.sslam.train.loop;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and Ctrl-C into a request that the loop answers at its next step, and ends the process with its own exit
 * code once the loop has saved.
 *
 * <p>A JVM cannot refuse these signals, but it waits for its shutdown hooks: the hook asks the loop to stop, waits for
 * {@link #finished}, and halts with {@link #EXIT_CODE}. A second signal ends the process at once ({@link SecondSignal}).
 */
public final class StopSignal implements AutoCloseable {
    /** Exit code of a run that was asked to stop and can be continued by the same command (EX_TEMPFAIL). */
    public static final int EXIT_CODE = 75;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "stop-signal");
    private volatile boolean requested;
    private volatile boolean loopRuns;
    private volatile int exitCode = EXIT_CODE;

    /** A signal that listens to the process. */
    public static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        SecondSignal.endsTheProcess();
        return signal;
    }

    /** Asks the loop to stop after the current step. */
    public void request() {
        requested = true;
    }

    /** Whether a stop was asked for. */
    public boolean requested() {
        return requested;
    }

    /** Says whether a loop runs that answers requests; while none does, a signal ends the process as usual. */
    public void waitForLoop(boolean runs) {
        loopRuns = runs;
    }

    /** Tells a waiting shutdown that everything is saved, and what the process ends with. */
    public void finished(int code) {
        exitCode = code;
        done.countDown();
    }

    @Override
    public void close() {
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is already shutting down: the hook has seen that we are done
                requested = true;
            }
        }
    }

    private void onShutdown() {
        request();
        if (!loopRuns) {
            return;
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
