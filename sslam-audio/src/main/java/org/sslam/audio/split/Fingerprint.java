package org.sslam.audio.split;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells a file's content from others' without reading all of it: its size and the SHA-256 of {@value #BLOCK} bytes
 * each from its beginning, middle and end. Names do not count, so a moved or copied file keeps it.
 */
final class Fingerprint {
    private static final int BLOCK = 4096;

    private Fingerprint() {}

    /** The fingerprint in hexadecimal digits; empty if the file cannot be read, which is the loader's to report. */
    static Optional<String> of(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            Hasher hasher = Hashing.sha256().newHasher().putLong(size);
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (long start : new long[] {0, (size - BLOCK) / 2, size - BLOCK}) {
                channel.position(Math.max(0, start));
                block.clear();
                while (block.hasRemaining() && channel.read(block) >= 0) {
                    // a read may give less than was asked for
                }
                hasher.putBytes(block.flip());
            }
            return Optional.of(hasher.hash().toString());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
