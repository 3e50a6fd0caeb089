package org.sslam.audio.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;

/** Clips' files, whether they lie in a folder or inside a shard. */
public final class SoundFiles {
    private SoundFiles() {}

    /** Whether a path is one inside a shard. */
    public static boolean isInsideShard(Path file) {
        return ShardMembers.isInside(file);
    }

    /**
     * The checked bytes of a member of a shard; empty if the path is one of a plain file.
     *
     * @throws IOException if the member is missing or damaged
     */
    public static Optional<byte[]> insideShard(Path file) throws IOException {
        return ShardMembers.isInside(file) ? Optional.of(ShardMembers.at(file).read()) : Optional.empty();
    }

    /** Whether there is a file, or a member that the shard's index knows. */
    public static boolean exists(Path file) {
        if (!ShardMembers.isInside(file)) {
            return Files.exists(file);
        }
        try {
            ShardMembers.at(file);
            return true;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Length in bytes. */
    public static long size(Path file) throws IOException {
        return ShardMembers.isInside(file) ? ShardMembers.at(file).span().bytes() : Files.size(file);
    }

    /**
     * SHA-256 of a file's bytes.
     *
     * @throws org.sslam.core.UserException if it cannot be read
     */
    public static String sha256(Path file) {
        try {
            Optional<byte[]> stored = insideShard(file);
            // Reading a pipe would wait for ever.
            if (stored.isEmpty() && Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it is not a regular file");
            }
            return stored.isPresent() ? Hashes.sha256(stored.get()) : Hashes.sha256(file);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }
}
