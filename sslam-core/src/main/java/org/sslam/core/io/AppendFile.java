package org.sslam.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that only grows, one whole record a call, so that a killed process tears at most the last record. */
public final class AppendFile implements AutoCloseable {
    private final Path path;
    private final SeekableByteChannel channel;

    private AppendFile(Path path, SeekableByteChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens a file for appending and makes it, and its folder, where missing. */
    public static AppendFile open(Path path) {
        FileOperations disk = Disk.operations();
        try {
            disk.createDirectories(path.toAbsolutePath().getParent());
            return new AppendFile(path, disk.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw IoErrors.cannotWrite(path, e);
        }
    }

    /** Appends one record. */
    public synchronized void append(byte[] record) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw IoErrors.cannotWrite(path, e);
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.cannotWrite(path, e);
        }
    }
}
