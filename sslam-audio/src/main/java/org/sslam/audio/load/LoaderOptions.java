package org.sslam.audio.load;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.decode.DecodeLimits;

/**
 * How batches are made.
 *
 * @param batchSize clips a batch and rank, at least 1
 * @param seed of augmentation
 * @param order which clips each epoch visits
 * @param train whether the front-end augments
 * @param threads workers that decode; 0 means one for each processor
 * @param prefetchBatches batches that are made ahead, at least 1
 * @param startPosition global batch to begin with, counted from the very first one; resuming costs nothing
 * @param rank number of this process, 0 to world - 1
 * @param world number of processes that share each global batch
 * @param quarantineLimit the run stops when more than max(1, limit * clips) files are broken; 0 bears none
 * @param keepWaveforms whether batches carry the waveforms besides the log-mels
 * @param cacheMegabytes memory for decoded waveforms, 0 for none
 * @param mixing how training clips are mixed with others, if they are
 * @param timeout longest time one clip may take
 */
public record LoaderOptions(
        int batchSize,
        long seed,
        EpochOrder order,
        boolean train,
        int threads,
        int prefetchBatches,
        long startPosition,
        int rank,
        int world,
        double quarantineLimit,
        boolean keepWaveforms,
        int cacheMegabytes,
        Optional<WaveMixing> mixing,
        Duration timeout) {
    /** Checks the ranges. */
    public LoaderOptions {
        check(batchSize >= 1, "batchSize must be at least 1, not " + batchSize);
        check(threads >= 0, "threads must be at least 0, not " + threads);
        check(prefetchBatches >= 1, "prefetchBatches must be at least 1, not " + prefetchBatches);
        check(startPosition >= 0, "startPosition must be at least 0, not " + startPosition);
        check(world >= 1 && rank >= 0 && rank < world, "0 <= rank < world must hold, not " + rank + " and " + world);
        check(quarantineLimit >= 0 && quarantineLimit <= 1, "quarantineLimit must be 0 to 1, not " + quarantineLimit);
        check(cacheMegabytes >= 0, "cacheMegabytes must be at least 0, not " + cacheMegabytes);
        check(mixing.isEmpty() || train, "clips are mixed in training only");
        check(timeout.toMillis() >= 1, "timeout must be at least 1 ms, not " + timeout);
    }

    /** Shuffled, augmented batches for one process: all processors, 4 batches ahead, 1 % quarantine, no cache. */
    public static LoaderOptions training(int batchSize, long seed) {
        return new LoaderOptions(
                batchSize,
                seed,
                new EpochOrder.Shuffled(seed),
                true,
                0,
                4,
                0,
                0,
                1,
                0.01,
                false,
                0,
                Optional.empty(),
                DecodeLimits.LONGEST_TIME);
    }

    /** Batches in the source's order without augmentation; otherwise as {@link #training}. */
    public static LoaderOptions evaluation(int batchSize) {
        return new LoaderOptions(
                batchSize,
                0,
                new EpochOrder.Sequential(),
                false,
                0,
                4,
                0,
                0,
                1,
                0.01,
                false,
                0,
                Optional.empty(),
                DecodeLimits.LONGEST_TIME);
    }

    /** The same with the threads, the batches ahead, the quarantine limit and the cache of a configuration. */
    public LoaderOptions withData(DataConfig data) {
        return withThreads(data.loaderThreads(), data.prefetchBatches())
                .withQuarantineLimit(data.quarantineLimit())
                .withCacheMegabytes(data.cacheMegabytes());
    }

    /** The same with another choice and order of clips. */
    public LoaderOptions withOrder(EpochOrder other) {
        return with(o -> o.order = other);
    }

    /** The same with augmentation on or off. */
    public LoaderOptions withTrain(boolean on) {
        return with(o -> o.train = on);
    }

    /** The same with other workers and another number of batches ahead. */
    public LoaderOptions withThreads(int workers, int batchesAhead) {
        return with(o -> {
            o.threads = workers;
            o.prefetchBatches = batchesAhead;
        });
    }

    /** The same from another global batch on. */
    public LoaderOptions withStartPosition(long position) {
        return with(o -> o.startPosition = position);
    }

    /** The same for one of several processes. */
    public LoaderOptions withRank(int number, int processes) {
        return with(o -> {
            o.rank = number;
            o.world = processes;
        });
    }

    /** The same with another share of broken files that is borne. */
    public LoaderOptions withQuarantineLimit(double limit) {
        return with(o -> o.quarantineLimit = limit);
    }

    /** The same with or without waveforms in the batches. */
    public LoaderOptions withKeepWaveforms(boolean on) {
        return with(o -> o.keepWaveforms = on);
    }

    /** The same with another memory for decoded waveforms. */
    public LoaderOptions withCacheMegabytes(int megabytes) {
        return with(o -> o.cacheMegabytes = megabytes);
    }

    /** The same with clips mixed in training, or not. */
    public LoaderOptions withMixing(Optional<WaveMixing> other) {
        return with(o -> o.mixing = other);
    }

    /** The same with another longest time for one clip. */
    public LoaderOptions withTimeout(Duration longest) {
        return with(o -> o.timeout = longest);
    }

    private LoaderOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** A copy that can still be changed. */
    private static final class Draft {
        private int batchSize;
        private long seed;
        private EpochOrder order;
        private boolean train;
        private int threads;
        private int prefetchBatches;
        private long startPosition;
        private int rank;
        private int world;
        private double quarantineLimit;
        private boolean keepWaveforms;
        private int cacheMegabytes;
        private Optional<WaveMixing> mixing;
        private Duration timeout;

        Draft(LoaderOptions from) {
            batchSize = from.batchSize;
            seed = from.seed;
            order = from.order;
            train = from.train;
            threads = from.threads;
            prefetchBatches = from.prefetchBatches;
            startPosition = from.startPosition;
            rank = from.rank;
            world = from.world;
            quarantineLimit = from.quarantineLimit;
            keepWaveforms = from.keepWaveforms;
            cacheMegabytes = from.cacheMegabytes;
            mixing = from.mixing;
            timeout = from.timeout;
        }

        LoaderOptions options() {
            return new LoaderOptions(
                    batchSize,
                    seed,
                    order,
                    train,
                    threads,
                    prefetchBatches,
                    startPosition,
                    rank,
                    world,
                    quarantineLimit,
                    keepWaveforms,
                    cacheMegabytes,
                    mixing,
                    timeout);
        }
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
