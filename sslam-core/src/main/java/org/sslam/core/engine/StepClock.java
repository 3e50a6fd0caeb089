package org.sslam.core.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the time of a step goes, by named parts that may hold parts of their own.
 *
 * <p>Code names its parts with {@link #part}; as long as no clock runs on the thread, that is one look at a thread-local.
 * A part's time is that of all its visits, inner parts included, and what the inner parts do not cover is called
 * {@link #REST}. So the parts of any level add up to the one above them.
 */
public final class StepClock implements AutoCloseable {
    /** What no inner part covers. */
    public static final String REST = "rest";

    private static final ThreadLocal<StepClock> RUNNING = new ThreadLocal<>();
    private static final String IN = "/";

    private final LongSupplier nanos;
    private final Runnable barrier;
    private final Node root = new Node();
    private final long start;
    private Node current = root;

    private static final class Node {
        private final Map<String, Node> inner = new LinkedHashMap<>();
        private long nanos;
    }

    private StepClock(LongSupplier nanos, Runnable barrier) {
        this.nanos = nanos;
        this.barrier = barrier;
        this.start = nanos.getAsLong();
    }

    /**
     * Starts a clock on this thread, until it is closed.
     *
     * @param nanos time in nanoseconds
     * @param barrier waits until the device has done what it was given; called at both ends of every part
     * @throws IllegalStateException if one runs already
     */
    public static StepClock start(LongSupplier nanos, Runnable barrier) {
        if (RUNNING.get() != null) {
            throw new IllegalStateException("a clock runs on this thread already");
        }
        StepClock clock = new StepClock(nanos, barrier);
        RUNNING.set(clock);
        return clock;
    }

    /** Does some work as a part of whatever part this thread is in. */
    public static <T> T part(String name, Supplier<T> work) {
        StepClock clock = RUNNING.get();
        return clock == null ? work.get() : clock.timed(name, work);
    }

    /** As {@link #part(String, Supplier)}, for work without a result. */
    public static void part(String name, Runnable work) {
        part(name, () -> {
            work.run();
            return null;
        });
    }

    /**
     * Nanoseconds so far by path, outer parts before their inner ones; "student/mlp" is the part mlp of the part student.
     */
    public Map<String, Long> nanos() {
        barrier.run();
        root.nanos = nanos.getAsLong() - start;
        Map<String, Long> all = new LinkedHashMap<>();
        collect(all, "", root);
        return all;
    }

    /** Stops the clock. */
    @Override
    public void close() {
        RUNNING.remove();
    }

    private <T> T timed(String name, Supplier<T> work) {
        barrier.run();
        Node outer = current;
        current = outer.inner.computeIfAbsent(name, key -> new Node());
        long begin = nanos.getAsLong();
        try {
            T result = work.get();
            barrier.run();
            return result;
        } finally {
            current.nanos += nanos.getAsLong() - begin;
            current = outer;
        }
    }

    private static void collect(Map<String, Long> all, String prefix, Node node) {
        long covered = 0;
        for (Map.Entry<String, Node> entry : node.inner.entrySet()) {
            Node inner = entry.getValue();
            covered += inner.nanos;
            all.put(prefix + entry.getKey(), inner.nanos);
            collect(all, prefix + entry.getKey() + IN, inner);
        }
        if (!node.inner.isEmpty()) {
            all.put(prefix + REST, node.nanos - covered);
        }
    }
}
