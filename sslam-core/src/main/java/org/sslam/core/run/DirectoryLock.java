package org.sslam.core.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/** One process a folder: a lock that the operating system drops when its process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {
    /** Name of the file; it stays when the folder is free again. */
    public static final String FILE = "run.lock";

    /** Closing any channel of a file drops this process's locks on it, so a held file must not be opened again. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path held;
    private final FileChannel channel;

    private DirectoryLock(Path file, Path held, FileChannel channel) {
        this.file = file;
        this.held = held;
        this.channel = channel;
    }

    /**
     * Takes a folder that exists.
     *
     * @throws UserException if another process, or this one, holds it; the holder is named
     */
    public static DirectoryLock take(Path folder) {
        Path file = folder.resolve(FILE);
        Path held = real(folder);
        if (!HELD.add(held)) {
            throw inUse(folder, "this process");
        }
        boolean done = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(folder, holder(file));
            }
            String holder = "process " + ProcessHandle.current().pid() + " on host " + Host.name() + " since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            done = true;
            return new DirectoryLock(file, held, channel);
        } catch (IOException e) {
            throw IoErrors.cannotWrite(file, e);
        } finally {
            if (!done) {
                release(file, held, channel);
            }
        }
    }

    private static UserException inUse(Path folder, String holder) {
        return new UserException("run folder " + folder + " is in use by " + holder
                + "; wait until it ends, stop it, or choose another folder");
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw IoErrors.cannotWrite(folder.resolve(FILE), e);
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
            release(file, held, channel);
        }
    }

    /** @param channel null if it could not be opened */
    private static void release(Path file, Path held, FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw IoErrors.cannotWrite(file, e);
        } finally {
            HELD.remove(held);
        }
    }
}
