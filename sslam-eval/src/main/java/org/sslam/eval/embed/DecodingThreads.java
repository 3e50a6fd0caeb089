package org.sslam.eval.embed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.sslam.audio.data.ClipWatch;
import org.sslam.audio.data.PatientWait;
import org.sslam.audio.decode.AudioException;
import org.sslam.core.UserException;

/**
 * Works out windows that were not worked out before, so that a decoder or a disk that hangs holds a thread of its own and
 * not the encoder's. Thread-safe.
 */
final class DecodingThreads implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(DecodingThreads::daemon);
    private final Duration longest;

    /** @param longest time for one window */
    DecodingThreads(Duration longest) {
        this.longest = longest;
    }

    /**
     * The next window of a clip, none at the end.
     *
     * @param name of the clip, for messages
     * @throws AudioException if the clip breaks off
     * @throws UserException if it takes too long; the clip is then given up
     * @throws IllegalStateException after {@link #close}
     */
    Optional<Window> next(String name, ClipWindows clip) throws AudioException {
        if (clip.needsNoDecoding()) {
            return clip.next();
        }
        Future<Optional<Window>> window = submit(clip);
        try {
            return PatientWait.of(window, longest);
        } catch (TimeoutException e) {
            clip.giveUp();
            throw ClipWatch.tooSlow(name, longest, e);
        } catch (InterruptedException e) {
            clip.giveUp();
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while decoding " + name + ": start the command again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AudioException broken) {
                throw broken;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("decoding " + name + " failed: " + e.getCause(), e.getCause());
        }
    }

    private Future<Optional<Window>> submit(ClipWindows clip) {
        try {
            return threads.submit(clip::next);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the embedder is closed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "embed-decoding");
        thread.setDaemon(true);
        return thread;
    }
}
