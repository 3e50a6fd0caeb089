package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.sslam.audio.shard.SoundFiles;

/** The bytes of one sound, read at any place: those of a file, or of a member of a shard. */
interface SoundBytes extends AutoCloseable {
    /** How many there are. */
    long size() throws IOException;

    /**
     * Reads on at a place.
     *
     * @return how many were read; -1 at the end
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** All of them, where they are in memory anyhow. */
    Optional<byte[]> inMemory();

    @Override
    void close() throws IOException;

    static SoundBytes open(Path file) throws IOException {
        Optional<byte[]> stored = SoundFiles.insideShard(file);
        return stored.isPresent() ? new Memory(stored.get()) : new Channel(FileChannel.open(file));
    }

    /** Of a file. */
    record Channel(FileChannel channel) implements SoundBytes {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public Optional<byte[]> inMemory() {
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Of a member of a shard, read as a whole since its checksum is that of the whole. */
    record Memory(byte[] bytes) implements SoundBytes {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (position < 0 || position >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public Optional<byte[]> inMemory() {
            return Optional.of(bytes);
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
