package org.sslam.eval.cli;

import java.io.PrintWriter;
import org.sslam.core.UserException;
import org.sslam.train.loop.StopSignal;

/** Runs work that answers SIGTERM and Ctrl-C by saving; what it has to say is printed before the process ends. */
final class Stoppable {
    private Stoppable() {}

    /** Work that looks at a stop signal. */
    @FunctionalInterface
    interface Work {
        /** Returns the exit code. */
        int run(StopSignal stop);
    }

    static int run(PrintWriter err, Work work) {
        int code = Main.FAILED;
        try (StopSignal stop = StopSignal.ofProcess()) {
            try {
                code = work.run(stop);
            } catch (UserException e) {
                if (!stop.requested()) {
                    throw e;
                }
                // A pending signal ends the process as soon as we are finished, before the caller could report this.
                err.println("sslam: " + e.getMessage());
            } finally {
                err.flush();
                stop.finished(code);
            }
        }
        return code;
    }
}
