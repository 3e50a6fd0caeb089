package org.sslam.audio.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.ShardSet;
import org.sslam.core.UserException;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.tar.TarEntry;
import org.sslam.core.io.tar.TarReader;

/** Compares every shard of a set with its index and with the set: hashes, and the archive's own list of members. */
public final class ShardCheck {
    private ShardCheck() {}

    /**
     * Looks at all shards; never stops at a damaged one.
     *
     * @return one line for each that is not as it was packed
     * @throws UserException if the set itself cannot be read
     */
    public static List<String> problems(ShardSet set) {
        List<String> problems = new ArrayList<>();
        for (ShardSet.Shard shard : set.shards()) {
            Path tar = set.tar(shard);
            try {
                ShardIndex index = set.index(shard);
                members(tar, index).ifPresent(problem -> problems.add(tar + ": " + problem));
                if (!Hashes.sha256(tar).equals(shard.sha256())) {
                    problems.add(tar + ": its bytes are not those that were packed (SHA-256 differs)");
                }
            } catch (UserException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    private static Optional<String> members(Path tar, ShardIndex index) {
        Map<String, TarEntry> found = new HashMap<>();
        try (FileChannel channel = FileChannel.open(tar)) {
            TarReader reader = new TarReader(channel);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                found.put(entry.get().name(), entry.get());
            }
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        for (TarEntry expected : index.entries()) {
            if (!expected.equals(found.remove(expected.name()))) {
                return Optional.of("member " + expected.name() + " is not where the index says");
            }
        }
        return found.keySet().stream().sorted().findFirst().map(name -> "member " + name + " is not in the index");
    }
}
