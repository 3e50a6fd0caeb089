package org.sslam.audio.shard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;
import org.sslam.core.io.tar.TarEntry;

/**
 * What a shard holds and where: a JSON file beside it, so that a clip is found and a shard is checked without a scan.
 *
 * @param format version of this file's format
 * @param shard name of the tar file
 * @param bytes its length
 * @param sha256 of the tar file
 * @param codec of its sounds
 * @param firstPlace place in the order of packing of the first clip that was looked at for it
 * @param endPlace the place after the last one
 * @param clips in the order of their keys, which is that of their bytes
 * @param broken clips that were looked at and could not be packed
 */
public record ShardIndex(
        String format,
        String shard,
        long bytes,
        String sha256,
        ShardCodec codec,
        int firstPlace,
        int endPlace,
        List<ShardClip> clips,
        List<BrokenClip> broken) {
    /** The one version there is. */
    public static final String FORMAT = "sslam-shard/1";

    /** Ending of a shard's name. */
    static final String TAR = ".tar";

    private static final String ENDING = ".index.json";
    /** Of a file that is read; a shard ends before its index is as long. */
    static final long LONGEST_FILE = 1L << 28;

    /** Of a shard. */
    static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}\\.tar");

    private static final int LONGEST_PROBLEM = 300;
    private static final int DEEPEST = 8;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(1 << 16)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Checks that every member lies inside the shard and none on another. */
    public ShardIndex {
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("its format is " + format + ", not " + FORMAT);
        }
        if (shard == null || !NAME.matcher(shard).matches() || codec == null || sha256 == null) {
            throw new IllegalArgumentException("it lacks shard, codec or sha256");
        }
        if (clips == null
                || broken == null
                || firstPlace < 0
                || bytes < 0
                || (long) endPlace - firstPlace != (long) clips.size() + broken.size()) {
            throw new IllegalArgumentException("its clips do not fit its places");
        }
        clips = List.copyOf(clips);
        broken = List.copyOf(broken);
        String before = "";
        long end = 0;
        for (ShardClip clip : clips) {
            if (clip.key().compareTo(before) <= 0) {
                throw new IllegalArgumentException("key " + clip.key() + " stands after " + before);
            }
            before = clip.key();
            for (Span span : clip.mel() == null
                    ? List.of(clip.sound(), clip.json())
                    : List.of(clip.sound(), clip.json(), clip.mel())) {
                if (span.offset() < end || !span.liesWithin(bytes)) {
                    throw new IllegalArgumentException(
                            "a member of clip " + clip.key() + " lies outside of the shard or on another");
                }
                end = span.end();
            }
        }
    }

    /** The index file of a shard. */
    public static Path beside(Path tar) {
        String name = tar.getFileName().toString();
        return tar.resolveSibling(name.substring(0, name.length() - TAR.length()) + ENDING);
    }

    /**
     * Reads an index.
     *
     * @throws UserException if it is missing, damaged or of another format
     */
    public static ShardIndex read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw damaged(file, "it is longer than " + LONGEST_FILE + " bytes", null);
            }
            ShardIndex index = JSON.readValue(Files.readAllBytes(file), ShardIndex.class);
            if (index == null) {
                throw damaged(file, "it is empty", null);
            }
            return index;
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    /** Writes this index beside its shard in one step. */
    public void write(Path file) {
        AtomicFiles.write(file, out -> JSON.writeValue(out, this));
    }

    /** All members as the archive must list them. */
    public List<TarEntry> entries() {
        List<TarEntry> entries = new ArrayList<>();
        for (ShardClip clip : clips) {
            add(entries, clip.soundName(codec), clip.sound());
            add(entries, ShardClip.jsonName(clip.key()), clip.json());
            if (clip.mel() != null) {
                add(entries, ShardClip.melName(clip.key()), clip.mel());
            }
        }
        return entries;
    }

    private static void add(List<TarEntry> entries, String name, Span span) {
        entries.add(new TarEntry(name, span.offset(), span.bytes()));
    }

    /** The clip of a key. */
    Optional<ShardClip> find(String key) {
        int low = 0;
        int high = clips.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = clips.get(middle).key().compareTo(key);
            if (order == 0) {
                return Optional.of(clips.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    private static UserException damaged(Path file, JsonProcessingException e) {
        // What a record refuses is said by the exception inside.
        boolean refused = e.getCause() instanceof IllegalArgumentException;
        String problem = refused ? e.getCause().getMessage() : e.getOriginalMessage();
        return damaged(file, problem.substring(0, Math.min(LONGEST_PROBLEM, problem.length())), e);
    }

    private static UserException damaged(Path file, String problem, IOException cause) {
        return new UserException(
                "shard index " + file + " is damaged: " + problem.replaceAll("\\s+", " ")
                        + "; copy it again, or remove it and run 'data pack' again",
                cause);
    }
}
