package org.sslam.eval.embed;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.sslam.core.ops.Precision;
import org.sslam.models.encoder.AudioEncoder;

/**
 * What an {@link Embedder} gives and how it works.
 *
 * @param layer whose tokens, from 1; none: the last
 * @param pooling how tokens become a clip's vector; none: CLS, or ROWS for encoders without CLS
 * @param rows how the tokens of a time step become a frame's vector
 * @param fit what happens to clips of other lengths than the encoder's window
 * @param hopSeconds time between the beginnings of two windows where windows slide, rounded to whole time steps; none: the
 *     window's length
 * @param batchSize windows that go through the encoder at once; other sizes may change the last bits of a result
 * @param device cpu, gpu0, gpu1 ...
 * @param threads of the engine and of decoding; 0: one for each processor; the engine's belong to the whole process
 * @param precision number format of products
 */
public record EmbedOptions(
        OptionalInt layer,
        Optional<Pooling> pooling,
        FrequencyRows rows,
        ClipFit fit,
        OptionalDouble hopSeconds,
        int batchSize,
        String device,
        int threads,
        Precision precision) {
    /** Checks the ranges. */
    public EmbedOptions {
        if (layer.isPresent() && layer.getAsInt() < 1) {
            throw new IllegalArgumentException("layers are counted from 1, not " + layer.getAsInt());
        }
        if (hopSeconds.isPresent() && !(hopSeconds.getAsDouble() > 0 && Double.isFinite(hopSeconds.getAsDouble()))) {
            throw new IllegalArgumentException("the hop must be a positive time, not " + hopSeconds.getAsDouble());
        }
        if (hopSeconds.isPresent() && fit != ClipFit.SLIDE) {
            throw new IllegalArgumentException(
                    "a hop is for the policy slide only, not for " + fit.name().toLowerCase(Locale.ROOT));
        }
        if (batchSize < 1 || threads < 0) {
            throw new IllegalArgumentException(
                    "batch must be at least 1 and threads at least 0, not " + batchSize + " and " + threads);
        }
    }

    /** CLS (ROWS for encoders without CLS) of the last layer, windows side by side over the whole sound, batches of 8, all processors. */
    public static EmbedOptions standard() {
        return new EmbedOptions(
                OptionalInt.empty(),
                Optional.empty(),
                FrequencyRows.MEAN,
                ClipFit.SLIDE,
                OptionalDouble.empty(),
                8,
                "cpu",
                0,
                Precision.FP32);
    }

    /** The same with the tokens of another layer, from 1. */
    public EmbedOptions withLayer(int number) {
        return with(o -> o.layer = OptionalInt.of(number));
    }

    /** The same with another pooling. */
    public EmbedOptions withPooling(Pooling other) {
        return with(o -> o.pooling = Optional.of(other));
    }

    /** The same with another kind of frames. */
    public EmbedOptions withRows(FrequencyRows other) {
        return with(o -> o.rows = other);
    }

    /** The same with another policy for clips of other lengths; a hop is forgotten. */
    public EmbedOptions withFit(ClipFit other) {
        return with(o -> {
            o.fit = other;
            o.hopSeconds = OptionalDouble.empty();
        });
    }

    /** The same with windows that slide by this time. */
    public EmbedOptions withSlide(double hop) {
        return with(o -> {
            o.fit = ClipFit.SLIDE;
            o.hopSeconds = OptionalDouble.of(hop);
        });
    }

    /** The same with other batches. */
    public EmbedOptions withBatchSize(int windows) {
        return with(o -> o.batchSize = windows);
    }

    /** The same on another device. */
    public EmbedOptions withDevice(String name) {
        return with(o -> o.device = name);
    }

    /** The same with other threads. */
    public EmbedOptions withThreads(int count) {
        return with(o -> o.threads = count);
    }

    /** The same with another number format. */
    public EmbedOptions withPrecision(Precision other) {
        return with(o -> o.precision = other);
    }

    /** How tokens of an encoder become a clip's vector. */
    Pooling pooling(AudioEncoder encoder) {
        return pooling.orElse(encoder.hasCls() ? Pooling.CLS : Pooling.ROWS);
    }

    /** The number of threads, with 0 resolved. */
    int resolvedThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    private EmbedOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** A copy that can still be changed. */
    private static final class Draft {
        private OptionalInt layer;
        private Optional<Pooling> pooling;
        private FrequencyRows rows;
        private ClipFit fit;
        private OptionalDouble hopSeconds;
        private int batchSize;
        private String device;
        private int threads;
        private Precision precision;

        Draft(EmbedOptions from) {
            layer = from.layer;
            pooling = from.pooling;
            rows = from.rows;
            fit = from.fit;
            hopSeconds = from.hopSeconds;
            batchSize = from.batchSize;
            device = from.device;
            threads = from.threads;
            precision = from.precision;
        }

        EmbedOptions options() {
            return new EmbedOptions(layer, pooling, rows, fit, hopSeconds, batchSize, device, threads, precision);
        }
    }
}
