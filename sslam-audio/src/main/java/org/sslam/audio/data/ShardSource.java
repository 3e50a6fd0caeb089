package org.sslam.audio.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.sslam.audio.shard.ShardClip;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.ShardSet;
import org.sslam.core.UserException;

/**
 * The clips of a packed set, shard after shard; only the indexes are held, a clip is made when it is asked for.
 *
 * <p>A clip's path is {@code SHARD.tar/MEMBER}.
 */
public final class ShardSource implements ClipSource {
    private final ShardSet set;
    private final List<ShardIndex> shards;
    private final List<Path> tars;
    private final int[] starts;
    private final Optional<StoredMels> mels;
    /** Few distinct lists of labels stand behind many clips. */
    private final Map<List<String>, Set<String>> labels = new HashMap<>();

    private ShardSource(ShardSet set, LogMelSource logMel) {
        this.set = set;
        this.shards = set.shards().stream().map(set::index).toList();
        this.tars = set.shards().stream().map(set::tar).toList();
        this.starts = new int[shards.size() + 1];
        for (int i = 0; i < shards.size(); i++) {
            List<ShardClip> clips = shards.get(i).clips();
            starts[i + 1] = Math.addExact(starts[i], clips.size());
            clips.forEach(clip -> labels.computeIfAbsent(clip.labels(), LinkedHashSet::new));
        }
        if (size() == 0) {
            throw new UserException("no clips in " + description() + ": pack a data set that has sound files");
        }
        this.mels = logMel.isStored() ? Optional.of(StoredMels.of(set, logMel)) : Optional.empty();
    }

    /**
     * Opens a set.
     *
     * @param path its folder, or shards.json in it
     * @param logMel whether the stored log-mels are to be used in place of the sounds
     * @throws UserException if it is missing, not finished or damaged, or has no log-mels
     */
    public static ShardSource open(Path path, LogMelSource logMel) {
        return new ShardSource(ShardSet.read(path), logMel);
    }

    @Override
    public int size() {
        return starts[shards.size()];
    }

    @Override
    public Clip clip(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("clip " + index + " of " + size());
        }
        int shard = shardOf(index);
        ShardIndex from = shards.get(shard);
        ShardClip clip = from.clips().get(index - starts[shard]);
        return new Clip(
                clip.id(),
                tars.get(shard).resolve(clip.key() + "." + from.codec().extension()),
                labels.get(clip.labels()),
                clip.fold() == null ? OptionalInt.empty() : OptionalInt.of(clip.fold()));
    }

    @Override
    public String description() {
        return shards.size() + " shards in " + set.folder();
    }

    @Override
    public Optional<StoredMels> storedMels() {
        return mels;
    }

    /** Empty shards share their start with the next one; the last of them holds the clip. */
    private int shardOf(int index) {
        int found = Arrays.binarySearch(starts, index);
        if (found < 0) {
            return -found - 2;
        }
        while (starts[found + 1] == starts[found]) {
            found++;
        }
        return found;
    }
}
