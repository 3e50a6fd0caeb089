package org.sslam.eval.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.sslam.audio.decode.AudioException;
import org.sslam.core.UserException;

/**
 * Fills batches with windows of one clip after the other, runs the encoder on them, and hands on what comes of each clip
 * in the order of the clips.
 *
 * <p>Which windows share a batch is a function of the clips alone, and so is every bit of the results. A clip that breaks
 * off is as if it had never come, except that its windows have taken their places. For one thread.
 *
 * @param <R> what comes of a clip
 */
final class ClipBatches<R> {
    private final EncoderPass pass;
    private final TokenHead head;
    private final int batchSize;
    private final BooleanSupplier stopped;
    private final DecodingThreads decoding;
    private final List<Place<R>> batch = new ArrayList<>();
    private final Deque<Part<R>> unfinished = new ArrayDeque<>();

    /**
     * @param stopped asked at every window; from then on nothing more is done and clips at hand are given up
     * @param decoding works out the windows that are not at hand
     */
    ClipBatches(EncoderPass pass, TokenHead head, int batchSize, BooleanSupplier stopped, DecodingThreads decoding) {
        this.pass = pass;
        this.head = head;
        this.batchSize = batchSize;
        this.stopped = stopped;
        this.decoding = decoding;
    }

    /** A window in the batch and the clip it belongs to. */
    private record Place<R>(Window window, Part<R> part) {}

    /** A clip on its way. */
    private static final class Part<R> {
        private final String name;
        private final Gather<R> gather;
        private final Consumer<R> whenDone;
        private int waiting;

        Part(String name, Gather<R> gather, Consumer<R> whenDone) {
            this.name = name;
            this.gather = gather;
            this.whenDone = whenDone;
        }
    }

    /**
     * Takes a clip in.
     *
     * @param name of the clip, for messages
     * @param whenDone told during this or a later call, after the clips before it
     * @throws AudioException if the clip breaks off; it is then forgotten
     * @throws UserException if the encoder gives numbers that are not finite, or a window takes too long to decode
     */
    void add(String name, ClipWindows clip, Gather<R> gather, Consumer<R> whenDone) throws AudioException {
        Part<R> part = new Part<>(name, gather, whenDone);
        for (Optional<Window> window = decoding.next(name, clip);
                window.isPresent();
                window = decoding.next(name, clip)) {
            if (stopped.getAsBoolean()) {
                return;
            }
            boolean otherLength = !batch.isEmpty()
                    && batch.get(0).window().frames() != window.get().frames();
            if (otherLength) {
                run();
            }
            batch.add(new Place<>(window.get(), part));
            part.waiting++;
            if (batch.size() == batchSize) {
                run();
            }
        }
        unfinished.add(part);
        deliver();
    }

    /** Runs what is left. */
    void flush() {
        if (!batch.isEmpty()) {
            run();
        }
        deliver();
    }

    private void run() {
        float[][] mels = batch.stream().map(place -> place.window().melTF()).toArray(float[][]::new);
        float[][] outputs = pass.run(mels, batch.get(0).window().frames(), head);
        for (int i = 0; i < outputs.length; i++) {
            Part<R> part = batch.get(i).part();
            checkFinite(outputs[i], part.name);
            part.gather.add(batch.get(i).window(), outputs[i]);
            part.waiting--;
        }
        batch.clear();
    }

    private void deliver() {
        while (!unfinished.isEmpty() && unfinished.peek().waiting == 0) {
            Part<R> part = unfinished.remove();
            part.whenDone.accept(part.gather.result());
        }
    }

    private static void checkFinite(float[] values, String name) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UserException("the encoder's features of " + name + " are not finite (" + value
                        + "); its weights are damaged or diverged in training, so use another checkpoint");
            }
        }
    }
}
