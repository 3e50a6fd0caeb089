package org.sslam.core.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/** One process a folder: a lock that the operating system drops when its process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {
    /** Name of the file; it stays when the folder is free again. */
    public static final String FILE = "run.lock";

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes a folder that exists.
     *
     * @throws UserException if another process, or this one, holds it; the holder is named
     */
    public static DirectoryLock take(Path folder) {
        Path file = folder.resolve(FILE);
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            taken = isFree(channel);
            if (!taken) {
                throw new UserException("run folder " + folder + " is in use by " + holder(file)
                        + "; wait until it ends, stop it, or choose another folder");
            }
            String holder = "process " + ProcessHandle.current().pid() + " on host " + Host.name() + " since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return new DirectoryLock(file, channel);
        } catch (IOException e) {
            throw IoErrors.cannotWrite(file, e);
        } finally {
            if (!taken && channel != null) {
                close(file, channel);
            }
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? "another process" : text;
        } catch (IOException unreadableWhileLocked) {
            return "another process";
        }
    }

    /** Lets another process have the folder; the file stays, empty. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw IoErrors.cannotWrite(file, e);
        } finally {
            close(file, channel);
        }
    }

    private static void close(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.cannotWrite(file, e);
        }
    }
}
