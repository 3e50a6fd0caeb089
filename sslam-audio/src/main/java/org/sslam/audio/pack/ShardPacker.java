package org.sslam.audio.pack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipWatch;
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
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;
import org.sslam.core.run.DirectoryLock;

/**
 * Packs a data set into shards.
 *
 * <p>A shard is a function of the options and of the clips that come to it, and appears when it is whole. A packing that
 * was killed at any moment and is started again goes on after the last whole shard and ends with the same bytes. So does
 * one whose broken clips were mended meanwhile: it goes on with the first shard that misses one of them.
 */
public final class ShardPacker {
    /** Name of the list of clips that could not be packed. */
    public static final String BROKEN = "broken.tsv";

    private static final int NAMED = 3;

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
     * @param clipped ids of clips that had samples beyond full scale, which were cut off
     * @param seconds of sound
     * @param bytes of all shards
     */
    public record Summary(
            int shards,
            int newShards,
            int clips,
            List<BrokenClip> broken,
            List<String> clipped,
            double seconds,
            long bytes) {}

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
     * @throws UserException if the folder holds something else or cannot be written, a file cannot be read, a clip takes
     *     too long, or too many clips are broken; whole shards stay, and the next start goes on after them
     */
    public Summary pack(ClipSource source, Path output, ProgressListener progress) {
        ObjectNode settings = settings(source);
        SetFolder.refuseForeign(output, ShardSet.FILE, settings);
        AtomicFiles.createDirectories(output);
        DirectoryLock held = DirectoryLock.take(output);
        try {
            // Half-written files may be cleared away only by the one that holds the lock.
            SetFolder folder = SetFolder.claim(output, ShardSet.FILE, settings);
            int[] order = order(source.size());
            List<ShardIndex> shards = new EarlierShards(output, source, order).whole();
            int before = shards.size();
            int done = shards.isEmpty() ? 0 : shards.get(before - 1).endPlace();
            if (done < source.size()) {
                folder.begin();
                packRest(source, order, new Shards(output, source, shards, done), progress);
            }
            return finish(folder, source, output, shards, before);
        } finally {
            held.close();
        }
    }

    private void packRest(ClipSource source, int[] order, Shards shards, ProgressListener progress) {
        int done = shards.place;
        if (done > 0) {
            progress.resumed(done, source.size());
        }
        IntFunction<Clip> clip = i -> source.clip(order[done + i]);
        ClipWatch watch =
                new ClipWatch(options.timeout(), i -> clip.apply(i).path().toString());
        try (shards) {
            OrderedParallel.forEach(
                    source.size() - done, threads, watch, i -> clips.pack(clip.apply(i)), (i, result) -> {
                        shards.add(result);
                        progress.advanced(done + i + 1, source.size());
                    });
            shards.end();
        }
    }

    private int[] order(int size) {
        return options.shuffleSeed().isPresent()
                ? Draws.permutation(Seeds.random(options.shuffleSeed().getAsLong(), "pack order"), size)
                : IntStream.range(0, size).toArray();
    }

    private Summary finish(SetFolder folder, ClipSource source, Path output, List<ShardIndex> shards, int before) {
        List<BrokenClip> broken = brokenIn(shards);
        List<String> clipped = new ArrayList<>();
        double seconds = 0;
        int packed = 0;
        long bytes = 0;
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        var list = results.putArray(ShardSet.SHARDS);
        for (ShardIndex shard : shards) {
            shard.clips().stream()
                    .filter(clip -> clip.clippedSamples() != null)
                    .forEach(clip -> clipped.add(clip.id()));
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
        refuseTooMany(broken, source, output);
        AtomicFiles.writeString(output.resolve(BROKEN), table(broken));
        if (packed == 0) {
            throw new UserException("none of the " + broken.size() + " clips can be packed, the first because "
                    + broken.get(0) + "; " + output.resolve(BROKEN) + " names all");
        }
        results.put("clips", packed).put("seconds", seconds).put("bytes", bytes).put("broken", broken.size());
        results.put("clipped", clipped.size());
        folder.complete(results);
        return new Summary(
                shards.size(),
                shards.size() - before,
                packed,
                List.copyOf(broken),
                List.copyOf(clipped),
                seconds,
                bytes);
    }

    private static List<BrokenClip> brokenIn(List<ShardIndex> shards) {
        List<BrokenClip> broken = new ArrayList<>();
        shards.forEach(shard -> broken.addAll(shard.broken()));
        return broken;
    }

    private void refuseTooMany(List<BrokenClip> broken, ClipSource source, Path output) {
        if (!options.quarantineLimit().isExceededBy(broken.size(), source.size())) {
            return;
        }
        AtomicFiles.writeString(output.resolve(BROKEN), table(broken));
        String first = broken.stream().limit(NAMED).map(BrokenClip::toString).collect(Collectors.joining("; "));
        throw new UserException(broken.size() + " clips of " + source.description()
                + " cannot be packed, more than the limit of " + options.quarantineLimit() + " of its " + source.size()
                + " clips: " + first + "; mend them and run the same command again ('data verify' looks for more), or"
                + " raise --quarantine-limit");
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
        settings.put("idsHash", DataHash.names(source));
        return settings;
    }

    /** The shard that is being written and those before it. */
    private final class Shards implements AutoCloseable {
        private final Path output;
        private final ClipSource source;
        private final List<ShardIndex> whole;
        private final List<BrokenClip> broken;
        private ShardWriter writer;
        private int place;

        Shards(Path output, ClipSource source, List<ShardIndex> whole, int place) {
            this.output = output;
            this.source = source;
            this.whole = whole;
            this.broken = brokenIn(whole);
            this.place = place;
        }

        void add(ClipPacker.Result result) {
            ShardWriter.Room room = options.room();
            if (writer != null
                    && !result.item().map(item -> writer.takes(item, room)).orElseGet(() -> writer.hasPlace(room))) {
                end();
            }
            if (writer == null) {
                writer = new ShardWriter(EarlierShards.tar(output, whole.size()), options.codec(), place);
            }
            result.item().ifPresent(writer::add);
            result.broken().ifPresent(this::add);
            place++;
        }

        private void add(BrokenClip clip) {
            writer.add(clip);
            broken.add(clip);
            refuseTooMany(broken, source, output);
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
