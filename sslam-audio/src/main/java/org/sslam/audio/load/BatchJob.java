package org.sslam.audio.load;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.core.UserException;
import org.sslam.core.random.Seeds;

/** A batch in the making: every clip is a task of its own that fills its own part of the result. */
final class BatchJob {
    private final EpochPlan.Share share;
    private final ClipReader reader;
    private final FrontEnd frontEnd;
    private final LoaderOptions options;
    private final float[] melBTF;
    private final int[] clipIndices;
    private final Batch.Mixture[] mixtures;
    private final float[][] waves;
    private final AtomicInteger remaining;
    private final CompletableFuture<Batch> result = new CompletableFuture<>();

    BatchJob(EpochPlan.Share share, ClipReader reader, FrontEnd frontEnd, LoaderOptions options) {
        this.share = share;
        this.reader = reader;
        this.frontEnd = frontEnd;
        this.options = options;
        int size = share.slots().length;
        this.melBTF = new float[Math.multiplyExact(size, frontEnd.outputSize())];
        this.clipIndices = new int[size];
        this.mixtures = new Batch.Mixture[options.mixing().isPresent() ? size : 0];
        this.waves = new float[options.keepWaveforms() ? size : 0][];
        this.remaining = new AtomicInteger(size);
    }

    /** Hands every clip to the workers. */
    CompletableFuture<Batch> start(Executor workers) {
        for (int item = 0; item < clipIndices.length; item++) {
            int number = item;
            workers.execute(() -> run(number));
        }
        return result;
    }

    private void run(int item) {
        if (result.isDone()) {
            return;
        }
        try {
            fill(item);
            if (remaining.decrementAndGet() == 0) {
                result.complete(batch());
            }
        } catch (UserException | CancellationException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            String id = reader.clip(share.clipIndices()[item]).id();
            result.completeExceptionally(new IllegalStateException("loading clip " + id + " failed: " + e, e));
        }
    }

    private void fill(int item) {
        ClipReader.Loaded loaded = reader.read(share.clipIndices()[item]);
        SplittableRandom random = Seeds.random(options.seed(), "augment", share.epoch(), share.slots()[item]);
        if (options.mixing().isPresent()) {
            mix(item, loaded, options.mixing().get(), random);
        } else if (reader.readsMels()) {
            frontEnd.melOfRaw(loaded.wave(), options.train(), random, melBTF, item * frontEnd.outputSize());
        } else {
            frontEnd.melOf(loaded.wave(), options.train(), random, melBTF, item * frontEnd.outputSize());
        }
        clipIndices[item] = loaded.index();
        if (options.keepWaveforms()) {
            // The cache keeps the array for later epochs; the caller may do what it likes with its own.
            waves[item] = reader.cache().enabled() ? loaded.wave().clone() : loaded.wave();
        }
    }

    private void mix(int item, ClipReader.Loaded first, WaveMixing mixing, SplittableRandom random) {
        SplittableRandom draws = Seeds.random(options.seed(), "waveform mixing", share.epoch(), share.slots()[item]);
        OptionalDouble lambda = mixing.lambda(draws);
        int offset = item * frontEnd.outputSize();
        if (lambda.isEmpty()) {
            frontEnd.melOf(first.wave(), options.train(), random, melBTF, offset);
            mixtures[item] = new Batch.Mixture(first.index(), 1);
            return;
        }
        ClipReader.Loaded second = reader.read(draws.nextInt(reader.clips()));
        frontEnd.melOfMixture(first.wave(), second.wave(), lambda.getAsDouble(), random, melBTF, offset);
        mixtures[item] = new Batch.Mixture(second.index(), (float) lambda.getAsDouble());
    }

    private Batch batch() {
        List<String> ids = Arrays.stream(clipIndices)
                .mapToObj(index -> reader.clip(index).id())
                .toList();
        return new Batch(
                share.position(),
                share.epoch(),
                clipIndices.length,
                frontEnd.config().frames(),
                frontEnd.config().melBins(),
                melBTF,
                clipIndices,
                ids,
                List.of(mixtures),
                List.of(waves));
    }
}
