package org.sslam.audio.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

    /**
     * What the disk says about a file, or about the shard that a member lies in.
     *
     * @param bytes length
     * @param modifiedMs when it was written, milliseconds since 1970
     */
    record State(long bytes, long modifiedMs) {}

    /** The state of a file; empty if there is none. */
    static Optional<State> state(Path file) {
        Path onDisk = ShardMembers.isInside(file) ? file.getParent() : file;
        try {
            BasicFileAttributes now = Files.readAttributes(onDisk, BasicFileAttributes.class);
            return Optional.of(new State(now.size(), now.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            if (IoErrors.isNoFile(e)) {
                return Optional.empty();
            }
            throw IoErrors.cannotRead(file, e);
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
