package org.sslam.eval.bench;

/** One step of work that can be repeated. */
public interface BenchJob extends AutoCloseable {
    /** Does the work once. */
    void step();

    /** Waits until the device has done what it was given; on the CPU it always has. */
    default void awaitDevice() {
        // the CPU has done what it was given when a call returns
    }

    @Override
    void close();
}
