package org.sslam.audio.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sslam.audio.shard.IndexedSounds;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.core.io.IoErrors;
import org.sslam.core.run.DataListing;

/**
 * Names the content of a data set by one SHA-256, whatever machine, folder or listing order it is read from.
 *
 * <p>The hash runs over {@code id, 0x00, value, newline} of every clip in the order of (id, value).
 */
public final class DataHash {
    /** What stands for the value of a file that is not there. */
    static final String MISSING = "missing";

    /** Files are hashed that are too long to be decoded in one piece. */
    private static final Duration LONGEST_READ = Duration.ofHours(1);

    private DataHash() {}

    /**
     * Ids and file sizes; of clips inside shards the index's checksums of the sound and, where they are used, of the
     * log-mel. Fast enough for every start of a run; blind to changes that keep a plain file's size.
     */
    public static DataListing sizes(ClipSource source) {
        List<DataListing.Entry> entries = new ArrayList<>(source.size());
        IndexedSounds indexed = new IndexedSounds(source.storedMels().isPresent());
        for (Clip clip : source.clips()) {
            entries.add(new DataListing.Entry(clip.id(), size(clip, indexed)));
        }
        return new DataListing(entries);
    }

    /** Ids and the SHA-256 of every file's bytes; a file that is not there counts as {@code missing}. */
    public static DataListing contents(ClipSource source, int threads, ProgressListener progress) {
        List<DataListing.Entry> entries = new ArrayList<>(source.size());
        OrderedParallel.forEach(
                source.size(),
                threads,
                ClipWatch.over(source, LONGEST_READ),
                index -> entry(source.clip(index)),
                (index, entry) -> {
                    entries.add(entry);
                    progress.advanced(index + 1, source.size());
                });
        return new DataListing(entries);
    }

    /** Hash over the ids alone. */
    public static String names(ClipSource source) {
        return of(new DataListing(source.clips().stream()
                .map(clip -> new DataListing.Entry(clip.id(), ""))
                .toList()));
    }

    /** Hash over {@link #sizes}. */
    public static String quick(ClipSource source) {
        return of(sizes(source));
    }

    /**
     * Hash over ids and the bytes of every file.
     *
     * @param threads number of readers; 0 means one for each processor
     * @throws org.sslam.core.UserException if a file that exists cannot be read
     */
    public static String content(ClipSource source, int threads, ProgressListener progress) {
        return of(contents(source, threads, progress));
    }

    /** The hash of a listing. */
    public static String of(DataListing listing) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (DataListing.Entry entry : listing.entries()) {
            hasher.putString(entry.id(), StandardCharsets.UTF_8)
                    .putByte((byte) 0)
                    .putString(entry.value(), StandardCharsets.UTF_8)
                    .putByte((byte) '\n');
        }
        return hasher.hash().toString();
    }

    private static String size(Clip clip, IndexedSounds indexed) {
        try {
            if (indexed.isInside(clip.path())) {
                return indexed.value(clip.path()).orElse(MISSING);
            }
            return Files.exists(clip.path()) ? String.valueOf(Files.size(clip.path())) : MISSING;
        } catch (IOException e) {
            throw IoErrors.cannotRead(clip.path(), e);
        }
    }

    private static DataListing.Entry entry(Clip clip) {
        return new DataListing.Entry(
                clip.id(), SoundFiles.exists(clip.path()) ? SoundFiles.sha256(clip.path()) : MISSING);
    }
}
