package org.sslam.eval.bench;

/** One step of work that can be repeated. */
public interface BenchJob extends AutoCloseable {
    /** Does the work once. */
    void step();

    @Override
    void close();
}
