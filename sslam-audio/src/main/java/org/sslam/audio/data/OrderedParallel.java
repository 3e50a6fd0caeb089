package org.sslam.audio.data;

import java.util.function.IntFunction;
import org.sslam.core.UserException;

/** Maps 0..n-1 on several threads and hands the results over in order, holding only a few at a time. */
public final class OrderedParallel {
    private OrderedParallel() {}

    /** Takes the results in the order of their indices. */
    @FunctionalInterface
    public interface Sink<T> {
        /** Takes the next result. */
        void accept(int index, T result);
    }

    /**
     * Runs {@code work} for every index.
     *
     * @param threads number of workers; 0 means one for each processor
     * @param watch how long a result may take
     * @throws UserException if a result takes too long or the waiting thread is interrupted; unchecked exceptions of
     *     {@code work} pass through
     */
    public static <T> void forEach(int count, int threads, ClipWatch watch, IntFunction<T> work, Sink<T> sink) {
        try (ReadAhead<T> results = new ReadAhead<>(count, threads, work, unwanted -> {})) {
            for (int index = 0; results.hasNext(); index++) {
                sink.accept(index, watch.next(results, index));
            }
        }
    }
}
