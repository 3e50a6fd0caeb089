package org.sslam.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sslam.core.UserException;

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
            Path folder = path.toAbsolutePath().getParent();
            disk.createDirectories(folder);
            if (!Files.exists(path)) {
                disk.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                        .close();
                disk.force(folder);
            }
            return new AppendFile(path, disk.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw IoErrors.cannotWrite(path, e);
        }
    }

    /**
     * Opens a file whose first bytes are known to be good and drops the rest.
     *
     * @throws org.sslam.core.UserException if it is shorter than that, or cannot be written
     */
    public static AppendFile reopen(Path path, long goodBytes) {
        AppendFile file = open(path);
        boolean good = false;
        try {
            if (file.channel.size() < goodBytes) {
                throw new UserException(path + " is shorter than it was (" + file.channel.size() + " of " + goodBytes
                        + " bytes); restore it or begin in another folder");
            }
            file.channel.truncate(goodBytes);
            good = true;
            return file;
        } catch (IOException e) {
            throw IoErrors.cannotWrite(path, e);
        } finally {
            if (!good) {
                file.close();
            }
        }
    }

    /** Brings all records to the disk and returns how long the file is, in bytes. */
    public synchronized long force() {
        try {
            Disk.operations().force(path);
            return channel.size();
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
