package org.sslam.audio.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.core.io.IoErrors;
import org.sslam.core.io.PendingFile;
import org.sslam.core.io.tar.TarEntry;
import org.sslam.core.io.tar.TarWriter;

/** Writes one shard; it and then its index appear when it is whole. For one thread. */
public final class ShardWriter implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int END_MARK_BYTES = 1024;

    private final Path target;
    private final ShardCodec codec;
    private final int firstPlace;
    private final PendingFile file;
    private final TarWriter tar;
    private final List<ShardClip> clips = new ArrayList<>();
    private final List<BrokenClip> broken = new ArrayList<>();
    private long indexBytes;

    /**
     * A clip that is ready to be written.
     *
     * @param id name in its data set
     * @param seconds length of its sound
     * @param labels its classes
     * @param fold its fold; null if it has none
     * @param sound bytes of the sound file
     * @param mel bytes of the log-mel, if there is one
     * @param clippedSamples samples beyond full scale, which were cut off
     * @param sourceBytes length of the file that it was made of
     */
    public record Item(
            String id,
            double seconds,
            List<String> labels,
            Integer fold,
            byte[] sound,
            Optional<byte[]> mel,
            int clippedSamples,
            long sourceBytes) {}

    /**
     * What a shard may hold.
     *
     * @param bytes of the tar file
     * @param clips packed or broken
     * @param indexBytes of the index, for the clips before the last
     */
    public record Room(long bytes, int clips, long indexBytes) {
        private static final int MOST_CLIPS = 200_000;

        /** So many bytes of the tar file, and as many clips as an index that can be read surely holds. */
        public static Room of(long bytes) {
            return new Room(bytes, MOST_CLIPS, ShardIndex.LONGEST_FILE / 2);
        }
    }

    /**
     * @param target the tar file
     * @param firstPlace place in the order of packing of the first clip
     */
    public ShardWriter(Path target, ShardCodec codec, int firstPlace) {
        this.target = target;
        this.codec = codec;
        this.firstPlace = firstPlace;
        this.file = PendingFile.create(target);
        this.tar = new TarWriter(file.channel());
    }

    /** Whether there is room for this clip too, or none is packed yet. */
    public boolean takes(Item item, Room room) {
        long more = TarWriter.space(item.sound().length)
                + TarWriter.space(describe(item).length)
                + item.mel().map(mel -> TarWriter.space(mel.length)).orElse(0L);
        return hasPlace(room) && (clips.isEmpty() || tar.bytes() + more + END_MARK_BYTES <= room.bytes());
    }

    /** Whether the index takes one more clip, packed or broken. */
    public boolean hasPlace(Room room) {
        return places() < room.clips() && indexBytes < room.indexBytes();
    }

    private int places() {
        return clips.size() + broken.size();
    }

    /** Appends a clip; its key is its place in the order of packing. */
    public void add(Item item) {
        String key = ShardClip.keyOf(firstPlace + places());
        try {
            Span sound = add(key + "." + codec.extension(), item.sound());
            Span json = add(ShardClip.jsonName(key), describe(item));
            Span mel = item.mel().isPresent()
                    ? add(ShardClip.melName(key), item.mel().get())
                    : null;
            ShardClip clip = new ShardClip(
                    key,
                    item.id(),
                    item.seconds(),
                    item.labels(),
                    item.fold(),
                    sound,
                    json,
                    mel,
                    item.clippedSamples() == 0 ? null : item.clippedSamples(),
                    item.sourceBytes());
            clips.add(clip);
            indexBytes += JSON.writeValueAsBytes(clip).length;
        } catch (IOException e) {
            throw IoErrors.cannotWrite(target, e);
        }
    }

    /** Notes a clip that could not be packed. */
    public void add(BrokenClip clip) {
        broken.add(clip);
        try {
            indexBytes += JSON.writeValueAsBytes(clip).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a broken clip is plain text and numbers", e);
        }
    }

    /** Ends the shard. */
    public ShardIndex commit() {
        try {
            tar.finish();
        } catch (IOException e) {
            throw IoErrors.cannotWrite(target, e);
        }
        file.commit();
        ShardIndex index = new ShardIndex(
                ShardIndex.FORMAT,
                target.getFileName().toString(),
                tar.bytes(),
                tar.sha256(),
                codec,
                firstPlace,
                firstPlace + places(),
                clips,
                broken);
        index.write(ShardIndex.beside(target));
        return index;
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        file.close();
    }

    private Span add(String name, byte[] bytes) throws IOException {
        TarEntry entry = tar.add(name, bytes);
        return new Span(entry.offset(), bytes.length, ShardMembers.crc32c(bytes));
    }

    private static byte[] describe(Item item) {
        ObjectNode json = JSON.createObjectNode().put("id", item.id()).put("duration", item.seconds());
        item.labels().forEach(json.putArray("labels")::add);
        if (item.fold() != null) {
            json.put("fold", item.fold());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a clip's description is plain text and numbers", e);
        }
    }
}
