package org.sslam.core.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands one file after the other to a reader in a thread of its own and watches its memory and its processor time, since a
 * busy machine is not the file's fault; one that waits for ever is found by the clock.
 */
final class Feeder implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int PATIENCE = 20;

    private final Path file;
    private final Fuzz.Reader reader;
    private final Duration longest;
    private final long limit;
    private final ExecutorService executor;
    private volatile Thread worker;
    private Throwable thrown;
    private long slowestNanos;
    private long mostAllocated;

    Feeder(Path file, Fuzz.Reader reader, Duration longest, long limit) {
        this.file = file;
        this.reader = reader;
        this.longest = longest;
        this.limit = limit;
        this.executor = Executors.newSingleThreadExecutor(work -> {
            worker = new Thread(work, "fuzz-reader");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Says what went wrong beside an exception; null if nothing did. */
    String feed(byte[] input) {
        thrown = null;
        write(input);
        Future<Used> reading = executor.submit(this::read);
        try {
            Used used = reading.get(PATIENCE * longest.toMillis(), TimeUnit.MILLISECONDS);
            slowestNanos = Math.max(slowestNanos, used.nanos());
            mostAllocated = Math.max(mostAllocated, used.bytes());
            if (used.nanos() > longest.toNanos()) {
                return "it took " + used.nanos() / NANOS_PER_MILLI + " ms, more than " + longest.toMillis();
            }
            return used.bytes() > limit
                    ? "it took " + used.bytes() + " bytes of memory, more than " + limit
                    : null;
        } catch (TimeoutException e) {
            return "it does not end within " + longest.multipliedBy(PATIENCE) + ", at " + Arrays.toString(worker.getStackTrace());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the reader threw for the last file, if anything. */
    Throwable thrown() {
        return thrown;
    }

    long slowestMillis() {
        return slowestNanos / NANOS_PER_MILLI;
    }

    long mostAllocated() {
        return mostAllocated;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Used(long nanos, long bytes) {}

    private Used read() {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        try {
            reader.read(file);
        } catch (Throwable e) {
            // Errors too: a full heap or stack is exactly what a damaged file must not bring.
            thrown = e;
        }
        return new Used(
                THREADS.getCurrentThreadCpuTime() - nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    /** A new file each time: readers may still map the one before. */
    private void write(byte[] input) {
        try {
            Files.deleteIfExists(file);
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
