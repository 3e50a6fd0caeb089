package org.sslam.audio.split;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sslam.audio.shard.SoundFiles;

/**
 * What tells a file's content from others' without reading all of it: its size and the SHA-256 of {@value #BLOCK} bytes
 * each from its beginning, middle and end. Names do not count, so a moved or copied file keeps it; a sound that was packed
 * has been written anew and has another one than its source.
 */
final class Fingerprint {
    private static final int BLOCK = 4096;

    private Fingerprint() {}

    /** The fingerprint in hexadecimal digits; empty if the file cannot be read, which is the loader's to report. */
    static Optional<String> of(Path file) {
        try {
            if (SoundFiles.isInsideShard(file)) {
                byte[] bytes = SoundFiles.insideShard(file).orElseThrow();
                return Optional.of(of(
                        bytes.length,
                        (start, block) -> block.put(bytes, (int) start, (int) Math.min(BLOCK, bytes.length - start))));
            }
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                return Optional.of(of(channel.size(), (start, block) -> read(channel, start, block)));
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Fills a block from a place on, as far as there are bytes. */
    @FunctionalInterface
    private interface Blocks {
        void read(long start, ByteBuffer block) throws IOException;
    }

    private static String of(long size, Blocks blocks) throws IOException {
        Hasher hasher = Hashing.sha256().newHasher().putLong(size);
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long start : new long[] {0, (size - BLOCK) / 2, size - BLOCK}) {
            block.clear();
            blocks.read(Math.max(0, start), block);
            hasher.putBytes(block.flip());
        }
        return hasher.hash().toString();
    }

    private static void read(SeekableByteChannel channel, long start, ByteBuffer block) throws IOException {
        channel.position(start);
        while (block.hasRemaining() && channel.read(block) >= 0) {
            // a read may give less than was asked for
        }
    }
}
