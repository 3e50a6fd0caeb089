package org.sslam.audio.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the indexes of shards say about many clips; the disk is asked once a shard. For one thread. */
public final class IndexedSounds {
    private final boolean withMels;
    private final Map<Path, Optional<ShardIndex>> shards = new HashMap<>();

    /** @param withMels whether the log-mels count too */
    public IndexedSounds(boolean withMels) {
        this.withMels = withMels;
    }

    /**
     * Whether a sound lies in a shard.
     *
     * @throws IOException if the shard has no index
     * @throws org.sslam.core.UserException if its index is damaged
     */
    public boolean isInside(Path sound) throws IOException {
        return index(sound).isPresent();
    }

    /** Length and CRC32C of a sound in a shard, and CRC32C of its log-mel; empty if the shard does not hold it. */
    public Optional<String> value(Path sound) throws IOException {
        String name = sound.getFileName().toString();
        int dot = name.indexOf('.');
        return index(sound)
                .flatMap(shard -> shard.find(dot < 0 ? name : name.substring(0, dot)))
                .map(clip -> clip.sound().bytes() + " crc32c " + clip.sound().crc32c()
                        + (withMels && clip.mel() != null
                                ? " log-mel " + clip.mel().crc32c()
                                : ""));
    }

    private Optional<ShardIndex> index(Path sound) throws IOException {
        Path folder = sound.getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Optional<ShardIndex> known = shards.get(folder);
        if (known == null) {
            known = ShardMembers.isInside(sound) ? Optional.of(OpenShards.index(folder)) : Optional.empty();
            shards.put(folder, known);
        }
        return known;
    }
}
