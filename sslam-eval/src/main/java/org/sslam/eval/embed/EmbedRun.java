package org.sslam.eval.embed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.ClipWatch;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.data.ReadAhead;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.core.UserException;
import org.sslam.train.loop.StopSignal;

/**
 * Embeds a whole data set into a folder, shard by shard; see {@link EmbedFolder} for its files.
 *
 * <p>A shard is a function of the settings and of its own clips, so a run that was killed at any moment and is started
 * again goes on after the last whole shard and ends with the same bytes. Broken clips are listed and left out. Decoding
 * runs ahead on its own threads while the encoder works.
 */
public final class EmbedRun {
    private static final String FORMAT = "sslam-embeddings/1";

    private final EmbedTask task;
    private final String version;
    private final Consumer<String> notices;

    /**
     * How a run ended.
     *
     * @param finished whether all shards are whole; else it was stopped and can go on
     * @param clips of the data set
     * @param failed clips that could not be used
     * @param rows vectors written
     * @param width numbers of each
     * @param clipsNow clips that this start took in
     * @param secondsNow time that they took
     */
    public record Outcome(
            boolean finished, int clips, int failed, long rows, int width, int clipsNow, double secondsNow) {}

    /**
     * @param version of the program; results of another one are not continued
     * @param notices receives lines that a person should read
     */
    public EmbedRun(EmbedTask task, String version, Consumer<String> notices) {
        this.task = task;
        this.version = version;
        this.notices = notices;
    }

    /**
     * Runs to the end, or until a stop is asked for.
     *
     * @param progress told of every clip, those of earlier starts included
     * @throws UserException if something needs mending; whole shards stay
     */
    public Outcome run(StopSignal stop, ProgressListener progress) {
        ClipSource source = ClipSources.open(task.data());
        try (EmbedFolder folder = EmbedFolder.take(task.output());
                Embedder embedder = Embedder.load(task.encoder(), task.options())) {
            EmbedFolder.Progress from = folder.open(settings(source, embedder));
            requireShards(folder, from.shards());
            stop.waitForLoop(true);
            try {
                return task.frames()
                        ? run(source, folder, embedder, from, task.options().rows(), frames(embedder), stop, progress)
                        : run(source, folder, embedder, from, embedder.vectorHead(), vectors(embedder), stop, progress);
            } finally {
                stop.waitForLoop(false);
            }
        }
    }

    private void requireShards(EmbedFolder folder, int whole) {
        for (int i = 0; i < whole; i++) {
            Path npy = folder.shard(i, task.frames(), "npy");
            Path parquet = task.parquet() ? folder.shard(i, task.frames(), "parquet") : npy;
            for (Path file : List.of(npy, parquet)) {
                if (!Files.exists(file)) {
                    throw new UserException(file + " is missing; restore it or begin in another folder");
                }
            }
        }
    }

    /** What differs between vectors and frames. */
    private interface Kind<R> {
        Gather<R> gather(ClipWindows clip);

        void write(ShardWriter shard, Clip clip, R result, double heardSeconds);
    }

    private static Kind<float[]> vectors(Embedder embedder) {
        return new Kind<>() {
            @Override
            public Gather<float[]> gather(ClipWindows clip) {
                return embedder.vectorMean();
            }

            @Override
            public void write(ShardWriter shard, Clip clip, float[] vector, double heardSeconds) {
                shard.add(clip, vector, heardSeconds);
            }
        };
    }

    private static Kind<FrameSequence> frames(Embedder embedder) {
        return new Kind<>() {
            @Override
            public Gather<FrameSequence> gather(ClipWindows clip) {
                return embedder.stepMeans(clip);
            }

            @Override
            public void write(ShardWriter shard, Clip clip, FrameSequence frames, double heardSeconds) {
                shard.add(clip, frames, heardSeconds);
            }
        };
    }

    private <R> Outcome run(
            ClipSource source,
            EmbedFolder folder,
            Embedder embedder,
            EmbedFolder.Progress from,
            TokenHead head,
            Kind<R> kind,
            StopSignal stop,
            ProgressListener progress) {
        int width = task.frames() ? embedder.frameWidth() : embedder.width();
        int first = (int) Math.min(source.size(), (long) from.shards() * task.shardClips());
        tellWhereItBegins(first, source.size());
        if (first > 0 && first < source.size()) {
            progress.resumed(first, source.size());
        }
        ClipWatch watch = new ClipWatch(
                DecodeLimits.LONGEST_TIME, i -> source.clip(first + i).path().toString());
        DecodeLimits limits = task.frames() ? DecodeLimits.standard() : DecodeLimits.piecewise();
        EmbedFolder.Progress done = from;
        long start = System.nanoTime();
        int next = first;
        try (ReadAhead<PreparedClip> ahead = new ReadAhead<>(
                source.size() - first,
                embedder.options().resolvedThreads(),
                i -> PreparedClip.of(
                        () -> AudioDecoders.open(source.clip(first + i).path(), limits), embedder.plan()),
                PreparedClip::close)) {
            while (next < source.size() && !stop.requested()) {
                int end = (int) Math.min(source.size(), (long) next + task.shardClips());
                try (ShardWriter shard = new ShardWriter(folder, task, done.shards(), done.rows(), width)) {
                    ClipBatches<R> batches = embedder.batches(head, stop::requested);
                    while (next < end && !stop.requested()) {
                        add(next, source.clip(next), watch.next(ahead, next - first), batches, kind, shard);
                        next++;
                        progress.advanced(next, source.size());
                    }
                    // A clip that was given up half way must not count as done.
                    if (next == end && !stop.requested()) {
                        batches.flush();
                        done = folder.commit(done, shard.commit());
                    }
                }
            }
        }
        boolean finished = (long) done.shards() * task.shardClips() >= source.size();
        if (finished && done.failed() == source.size()) {
            throw new UserException("none of the " + source.size() + " clips of " + source.description()
                    + " could be used; see " + folder.failed() + " for the reasons");
        }
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
        return new Outcome(finished, source.size(), done.failed(), done.rows(), width, next - first, seconds);
    }

    private <R> void add(
            int number, Clip clip, PreparedClip prepared, ClipBatches<R> batches, Kind<R> kind, ShardWriter shard) {
        try (prepared) {
            ClipWindows windows = prepared.windows();
            batches.add(
                    clip.id(),
                    windows,
                    kind.gather(windows),
                    result -> kind.write(shard, clip, result, windows.heardSeconds()));
        } catch (AudioException e) {
            shard.fail(number, clip, e.reason());
        }
    }

    private void tellWhereItBegins(int first, int clips) {
        if (first >= clips) {
            notices.accept(task.output() + " is finished: all " + clips + " clips are done");
        } else if (first > 0) {
            notices.accept("continuing " + task.output() + " after clip " + first);
        }
    }

    /** Everything that the bytes of the results depend on. */
    private ObjectNode settings(ClipSource source, Embedder embedder) {
        EmbedOptions options = embedder.options();
        WindowPlan plan = embedder.plan();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", FORMAT).put("program", version);
        node.putObject("encoder").put("family", embedder.family()).put("sha256", embedder.sha256());
        node.putObject("data")
                .put("source", source.description())
                .put("clips", source.size())
                .put("hash", DataHash.quick(source));
        node.put("vectors", task.frames() ? "frames" : "clips");
        node.put("layer", embedder.layer());
        if (task.frames()) {
            node.put("rows", lower(options.rows())).put("hopSeconds", embedder.frameHopSeconds());
        } else {
            node.put("pooling", lower(embedder.pooling()));
        }
        node.put("policy", lower(options.fit()));
        node.put("windowSeconds", plan.windowFrames() * plan.frameSeconds());
        if (options.fit() == ClipFit.SLIDE) {
            node.put("slideSeconds", plan.hopFrames() * plan.frameSeconds());
        }
        node.put("width", task.frames() ? embedder.frameWidth() : embedder.width());
        node.put("numbers", lower(task.type())).put("parquet", task.parquet());
        node.put("batch", options.batchSize()).put("shard", task.shardClips());
        node.put("device", options.device()).put("precision", lower(options.precision()));
        node.put("threads", options.resolvedThreads());
        return node;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
