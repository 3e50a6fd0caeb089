package org.sslam.audio.data;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits in many short steps, so that a process that was halted for a while does not take that for waiting. */
public final class PatientWait {
    private static final long STEP_NANOS = 100_000_000;

    private PatientWait() {}

    /**
     * A result.
     *
     * @param longest time to wait while the process runs
     * @throws TimeoutException if it takes longer
     * @throws ExecutionException what the work threw
     */
    public static <T> T of(Future<T> result, Duration longest)
            throws TimeoutException, InterruptedException, ExecutionException {
        long longestNanos = longest.toNanos();
        for (long left = longestNanos; left > STEP_NANOS; left -= STEP_NANOS) {
            try {
                return result.get(STEP_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillAtWork) {
                continue;
            }
        }
        return result.get(Math.min(STEP_NANOS, longestNanos), TimeUnit.NANOSECONDS);
    }
}
