package org.sslam.audio.data;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.sslam.core.UserException;

/**
 * The results of some work for 0, 1, 2 .. in this order, worked out ahead by several threads; only a few results exist at
 * a time.
 *
 * <p>{@link #next} and {@link #close} are for one thread.
 *
 * @param <T> a result
 */
public final class ReadAhead<T> implements AutoCloseable {
    private static final int AHEAD_PER_THREAD = 4;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    private final int count;
    private final IntFunction<T> work;
    private final Consumer<T> discard;
    private final ExecutorService pool;
    private final int most;
    private final Deque<Future<T>> ahead = new ArrayDeque<>();
    private int submitted;

    /**
     * Begins to work ahead.
     *
     * @param count how many results there will be
     * @param threads number of workers; 0 means one for each processor
     * @param work done by any worker; what it throws is thrown by {@link #next}
     * @param discard receives results that nobody asked for before the end
     */
    public ReadAhead(int count, int threads, IntFunction<T> work, Consumer<T> discard) {
        this.count = count;
        this.work = work;
        this.discard = discard;
        int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        this.most = workers * AHEAD_PER_THREAD;
        this.pool = Executors.newFixedThreadPool(workers, ReadAhead::daemon);
        fill();
    }

    /** Whether there is another result. */
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    /**
     * The next result.
     *
     * @param longest time to wait for it
     * @throws TimeoutException if it takes longer; it is then still the next one
     * @throws UserException if the waiting thread is interrupted
     */
    public T next(Duration longest) throws TimeoutException {
        try {
            T result = PatientWait.of(ahead.element(), longest);
            ahead.remove();
            fill();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while reading clips: start the command again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        }
    }

    /** Stops the workers and discards what they did in vain. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            if (pool.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                for (Future<T> result : ahead) {
                    discardIfDone(result);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ahead.clear();
    }

    private void discardIfDone(Future<T> result) throws InterruptedException {
        if (result.isDone() && !result.isCancelled()) {
            try {
                discard.accept(result.get());
            } catch (ExecutionException e) {
                // it made nothing that would have to be let go
                return;
            }
        }
    }

    private void fill() {
        while (submitted < count && ahead.size() < most) {
            int index = submitted++;
            ahead.add(pool.submit(() -> work.apply(index)));
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "read-ahead");
        thread.setDaemon(true);
        return thread;
    }
}
