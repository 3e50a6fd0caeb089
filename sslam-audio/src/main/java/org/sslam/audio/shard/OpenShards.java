package org.sslam.audio.shard;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Indexes that were read, as long as memory bears them; one that changed on the disk is read again. */
final class OpenShards {
    private static final ConcurrentMap<Path, SoftReference<Entry>> INDEXES = new ConcurrentHashMap<>();

    private OpenShards() {}

    private record Entry(ShardIndex index, FileTime changed, long bytes) {}

    /**
     * The index of a shard.
     *
     * @throws IOException if there is none
     * @throws org.sslam.core.UserException if it is damaged
     */
    static ShardIndex index(Path tar) throws IOException {
        Path key = tar.toAbsolutePath();
        Path file = ShardIndex.beside(tar);
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        SoftReference<Entry> known = INDEXES.get(key);
        Entry entry = known == null ? null : known.get();
        if (entry == null || !entry.changed.equals(now.lastModifiedTime()) || entry.bytes != now.size()) {
            entry = new Entry(ShardIndex.read(file), now.lastModifiedTime(), now.size());
            INDEXES.put(key, new SoftReference<>(entry));
        }
        return entry.index;
    }
}
