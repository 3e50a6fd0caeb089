package org.sslam.audio.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipWatch;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;

/**
 * An endless stream of batches over a source, epoch after epoch, decoded ahead by several threads.
 *
 * <p>The batch at a position is a pure function of (source, front-end, seed, position, rank, world): neither the number
 * of threads nor the place where the stream was entered changes a bit of it. Several ranks together deliver exactly the
 * slots of one rank with a batch as large as theirs together. Memory is bounded: at most {@code prefetchBatches + 1}
 * batches exist besides the cache.
 *
 * <p>A file that cannot be decoded is named once in the log and replaced by the next clip of the source that can; which
 * one that is does not depend on threads or ranks. {@link #next} is for one thread; {@link #close} may be called from
 * any.
 */
public final class ClipLoader implements BatchStream {
    private static final Logger LOG = LoggerFactory.getLogger(ClipLoader.class);
    private static final long LONGEST_POLL_MILLIS = 100;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);
    private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

    private final FrontEnd frontEnd;
    private final LoaderOptions options;
    private final EpochPlan plan;
    private final ClipReader reader;
    private final ExecutorService workers;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Deque<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
    private final AtomicLong waitNanos = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private long nextPosition;
    private volatile boolean closed;
    private RuntimeException failure;

    private ClipLoader(ClipSource source, FrontEnd frontEnd, AudioDecoder decoder, LoaderOptions options) {
        this.frontEnd = frontEnd;
        this.options = options;
        this.plan = new EpochPlan(source.size(), options);
        this.reader = new ClipReader(source, decoder, frontEnd, options);
        this.nextPosition = options.startPosition();
        int count =
                options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
        this.workers = Executors.newFixedThreadPool(count, this::worker);
    }

    /** Opens a stream with the standard decoders and starts to read ahead. */
    public static ClipLoader open(ClipSource source, FrontEnd frontEnd, LoaderOptions options) {
        return open(source, frontEnd, AudioDecoders.standard(), options);
    }

    /** Opens a stream with a given decoder and starts to read ahead. */
    public static ClipLoader open(ClipSource source, FrontEnd frontEnd, AudioDecoder decoder, LoaderOptions options) {
        ClipLoader loader = new ClipLoader(source, frontEnd, decoder, options);
        for (int i = 0; i < options.prefetchBatches(); i++) {
            loader.readAhead();
        }
        return loader;
    }

    /**
     * Looks whether {@link #open} would refuse, so that a run can ask before it leaves a trace.
     *
     * @throws UserException if it would: the source's log-mels cannot stand for what the options ask for
     */
    public static void requireReadable(ClipSource source, FrontEndConfig frontEnd, LoaderOptions options) {
        ClipReader.requireReadable(source, frontEnd, options);
    }

    /** Global batches in one epoch: {@code ceil(visits / (batchSize * world))}. */
    public long batchesPerEpoch() {
        return plan.batchesPerEpoch();
    }

    /**
     * The next batch; waits until it is complete.
     *
     * @throws UserException if too many files are broken or one takes longer than the timeout; the stream is then over
     * @throws IllegalStateException if the loader is closed
     */
    @Override
    public Batch next() {
        if (failure != null) {
            throw failure;
        }
        requireOpen();
        long start = System.nanoTime();
        try {
            Batch batch = await(ahead.remove());
            readAhead();
            delivered.addAndGet(batch.size());
            return batch;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            waitNanos.addAndGet(System.nanoTime() - start);
        }
    }

    @Override
    public LoaderStats stats() {
        return new LoaderStats(
                waitNanos.get(),
                delivered.get(),
                reader.cache().size(),
                reader.quarantine().list());
    }

    /** Stops all workers and waits for them; a decoder that hangs is left behind as a daemon and named in the log. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            reader.cancel();
            workers.shutdownNow();
        }
        long deadline = System.nanoTime() + CLOSE_WAIT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
            reader.overdue(Duration.ZERO).ifPresent(file -> LOG.warn("the decoder does not stop: {}", file));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Excludes close(), which would make the workers refuse the tasks.
    private synchronized void readAhead() {
        if (!closed) {
            ahead.add(new BatchJob(plan.share(nextPosition++), reader, frontEnd, options).start(workers));
        }
    }

    private Batch await(CompletableFuture<Batch> pending) {
        long pollMillis =
                Math.max(1, Math.min(LONGEST_POLL_MILLIS, options.timeout().toMillis() / 4));
        while (true) {
            try {
                return pending.get(pollMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                requireOpen();
                Optional<Path> slow = reader.overdue(options.timeout());
                if (slow.isPresent()) {
                    throw ClipWatch.tooSlow(slow.get().toString(), options.timeout(), e);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a batch failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a batch", e);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
    }

    private Thread worker(Runnable work) {
        Thread thread = new Thread(work, "clip-loader-" + THREAD_NUMBER.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }
}
