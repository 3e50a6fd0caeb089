package org.sslam.audio.pack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.OrderedParallel;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.data.StoredMels;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.output.SetFolder;
import org.sslam.audio.shard.BrokenClip;
import org.sslam.audio.shard.ShardClip;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.ShardSet;
import org.sslam.audio.shard.ShardWriter;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;
import org.sslam.core.run.DirectoryLock;

/**
 * Packs a data set into shards.
 *
 * <p>A shard is a function of the options and of the clips that come to it, and appears when it is whole. A packing that
 * was killed at any moment and is started again goes on after the last whole shard and ends with the same bytes.
 */
public final class ShardPacker {
    /** Name of the list of clips that could not be packed. */
    public static final String BROKEN = "broken.tsv";

    private final PackOptions options;
    private final ClipPacker clips;
    private final int threads;

    /**
     * What a packing left.
     *
     * @param shards how many
     * @param newShards how many of them this start wrote
     * @param clips packed
     * @param broken clips that could not be packed
     * @param seconds of sound
     * @param bytes of all shards
     */
    public record Summary(int shards, int newShards, int clips, List<BrokenClip> broken, double seconds, long bytes) {}

    /** @param threads that decode and encode; 0: one for each processor */
    public ShardPacker(PackOptions options, AudioDecoder decoder, int threads) {
        this.options = options;
        this.clips = new ClipPacker(decoder, options);
        this.threads = threads;
    }

    /**
     * Packs what is not packed yet.
     *
     * @param output folder of the set; new, empty, or one that the same packing began
     * @param progress told of every clip, those of earlier starts included
     * @throws UserException if the folder holds something else or cannot be written, or no clip can be packed; whole
     *     shards stay
     */
    public Summary pack(ClipSource source, Path output, ProgressListener progress) {
        ObjectNode settings = settings(source);
        boolean begun = ShardSet.isAt(output);
        SetFolder folder = begun ? null : SetFolder.claim(output, ShardSet.FILE, settings);
        DirectoryLock held = DirectoryLock.take(output);
        try {
            // Half-written files may be cleared away only by the one that holds the lock.
            SetFolder claimed = begun ? SetFolder.claim(output, ShardSet.FILE, settings) : folder;
            List<ShardIndex> shards = wholeShards(output);
            int before = shards.size();
            packRest(source, output, shards, progress);
            return finish(claimed, output, shards, before);
        } finally {
            held.close();
        }
    }

    private void packRest(ClipSource source, Path output, List<ShardIndex> shards, ProgressListener progress) {
        int done = shards.isEmpty() ? 0 : shards.get(shards.size() - 1).endPlace();
        if (done >= source.size()) {
            return;
        }
        if (done > 0) {
            progress.resumed(done, source.size());
        }
        int[] order = order(source.size());
        try (Shards writing = new Shards(output, shards, done)) {
            OrderedParallel.forEach(
                    source.size() - done, threads, i -> clips.pack(source.clip(order[done + i])), (i, result) -> {
                        writing.add(result);
                        progress.advanced(done + i + 1, source.size());
                    });
            writing.end();
        }
    }

    private int[] order(int size) {
        return options.shuffleSeed().isPresent()
                ? Draws.permutation(Seeds.random(options.shuffleSeed().getAsLong(), "pack order"), size)
                : IntStream.range(0, size).toArray();
    }

    /** Shards that an earlier start finished; whatever comes after the first gap is made again. */
    private static List<ShardIndex> wholeShards(Path output) {
        List<ShardIndex> whole = new ArrayList<>();
        int place = 0;
        while (true) {
            Path tar = tar(output, whole.size());
            try {
                if (!Files.isRegularFile(tar) || !Files.isRegularFile(ShardIndex.beside(tar))) {
                    return whole;
                }
                ShardIndex index = ShardIndex.read(ShardIndex.beside(tar));
                if (index.firstPlace() != place || Files.size(tar) != index.bytes()) {
                    return whole;
                }
                place = index.endPlace();
                whole.add(index);
            } catch (IOException e) {
                throw IoErrors.cannotRead(tar, e);
            }
        }
    }

    private static Path tar(Path output, int number) {
        return output.resolve(String.format(Locale.ROOT, "shard-%06d.tar", number));
    }

    private Summary finish(SetFolder folder, Path output, List<ShardIndex> shards, int before) {
        List<BrokenClip> broken = new ArrayList<>();
        double seconds = 0;
        int packed = 0;
        long bytes = 0;
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        var list = results.putArray(ShardSet.SHARDS);
        for (ShardIndex shard : shards) {
            broken.addAll(shard.broken());
            seconds += shard.clips().stream().mapToDouble(ShardClip::seconds).sum();
            packed += shard.clips().size();
            bytes += shard.bytes();
            Path index = ShardIndex.beside(output.resolve(shard.shard()));
            list.add(new JsonMapper()
                    .valueToTree(new ShardSet.Shard(
                            shard.shard(),
                            shard.bytes(),
                            shard.sha256(),
                            shard.clips().size(),
                            Hashes.sha256(index))));
        }
        AtomicFiles.writeString(output.resolve(BROKEN), table(broken));
        if (packed == 0) {
            throw new UserException("none of the " + broken.size() + " clips can be packed, the first because "
                    + broken.get(0) + "; 'data verify' names all");
        }
        results.put("clips", packed).put("seconds", seconds).put("bytes", bytes).put("broken", broken.size());
        folder.complete(results);
        return new Summary(shards.size(), shards.size() - before, packed, List.copyOf(broken), seconds, bytes);
    }

    private static String table(List<BrokenClip> broken) {
        StringBuilder text = new StringBuilder("id\tpath\treason\n");
        for (BrokenClip clip : broken) {
            text.append(field(clip.id()))
                    .append('\t')
                    .append(field(clip.path()))
                    .append('\t')
                    .append(field(clip.reason()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String field(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }

    private ObjectNode settings(ClipSource source) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("format", ShardIndex.FORMAT);
        settings.put("codec", options.codec().name().toLowerCase(Locale.ROOT));
        settings.put("sampleRateHz", options.sampleRateHz());
        settings.put("shardMegabytes", options.shardMegabytes());
        settings.put(
                "order",
                options.shuffleSeed().isPresent()
                        ? "seed " + options.shuffleSeed().getAsLong()
                        : "source");
        options.logMel().ifPresent(frontEnd -> settings.set(ShardSet.LOG_MEL, StoredMels.describe(frontEnd)));
        settings.put("clips", source.size());
        settings.put("sourceHash", DataHash.quick(source));
        return settings;
    }

    /** The shard that is being written and those before it. */
    private final class Shards implements AutoCloseable {
        private final Path output;
        private final List<ShardIndex> whole;
        private ShardWriter writer;
        private int place;

        Shards(Path output, List<ShardIndex> whole, int place) {
            this.output = output;
            this.whole = whole;
            this.place = place;
        }

        void add(ClipPacker.Result result) {
            if (writer != null
                    && result.item().isPresent()
                    && !writer.takes(result.item().get(), options.shardBytes())) {
                end();
            }
            if (writer == null) {
                writer = new ShardWriter(tar(output, whole.size()), options.codec(), place);
            }
            result.item().ifPresent(writer::add);
            result.broken().ifPresent(writer::add);
            place++;
        }

        void end() {
            whole.add(writer.commit());
            close();
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        }
    }
}
