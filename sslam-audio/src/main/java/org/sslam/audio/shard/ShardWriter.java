package org.sslam.audio.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /**
     * A clip that is ready to be written.
     *
     * @param id name in its data set
     * @param seconds length of its sound
     * @param labels its classes
     * @param fold its fold; null if it has none
     * @param sound bytes of the sound file
     * @param mel bytes of the log-mel, if there is one
     */
    public record Item(
            String id, double seconds, List<String> labels, Integer fold, byte[] sound, Optional<byte[]> mel) {}

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

    /** Whether the shard would stay within a length with this clip too, or holds no clip yet. */
    public boolean takes(Item item, long mostBytes) {
        long more = TarWriter.space(item.sound().length)
                + TarWriter.space(describe(item).length)
                + item.mel().map(mel -> TarWriter.space(mel.length)).orElse(0L);
        return clips.isEmpty() || tar.bytes() + more + END_MARK_BYTES <= mostBytes;
    }

    /** Appends a clip; its key is its place in the order of packing. */
    public void add(Item item) {
        String key = String.format(Locale.ROOT, "%09d", firstPlace + clips.size() + broken.size());
        try {
            Span sound = add(key + "." + codec.extension(), item.sound());
            Span json = add(ShardClip.jsonName(key), describe(item));
            Span mel = item.mel().isPresent()
                    ? add(ShardClip.melName(key), item.mel().get())
                    : null;
            clips.add(new ShardClip(key, item.id(), item.seconds(), item.labels(), item.fold(), sound, json, mel));
        } catch (IOException e) {
            throw IoErrors.cannotWrite(target, e);
        }
    }

    /** Notes a clip that could not be packed. */
    public void add(BrokenClip clip) {
        broken.add(clip);
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
                firstPlace + clips.size() + broken.size(),
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
