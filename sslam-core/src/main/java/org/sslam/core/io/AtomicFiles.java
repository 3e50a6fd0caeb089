package org.sslam.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.sslam.core.UserException;

/**
 * Files and folders that appear whole or not at all, whenever the process or the machine stops.
 *
 * <p>Content goes to a temporary name beside the target, is brought to the disk, renamed in one step, and the folder is
 * brought to the disk too. Every failure of the file system becomes a {@link UserException} and leaves the target as it
 * was.
 */
public final class AtomicFiles {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Pattern OWN_TEMPORARY = Pattern.compile("\\..*\\.\\d+-\\d+\\" + TEMPORARY_SUFFIX);
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFiles() {}

    /**
     * Replaces or creates a file.
     *
     * @param target the file; its folder is made where missing
     * @param content writes the whole content; what it throws is passed on and the target stays as it was
     */
    public static void write(Path target, IoConsumer<OutputStream> content) {
        try (PendingFile pending = PendingFile.create(target)) {
            try (OutputStream out =
                    new BufferedOutputStream(Channels.newOutputStream(pending.channel()), BUFFER_BYTES)) {
                content.accept(out);
            } catch (IOException e) {
                throw IoErrors.cannotWrite(target, e);
            }
            pending.commit();
        }
    }

    /** Replaces or creates a file with this text, in UTF-8. */
    public static void writeString(Path target, String text) {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Gives a finished folder its final name: all its files and folders are brought to the disk first.
     *
     * @param temporary a folder on the same file system
     * @param target a name that nothing has yet
     */
    public static void moveDirectory(Path temporary, Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserException("cannot write " + target + ": it exists already; remove it first");
        }
        FileOperations disk = Disk.operations();
        try {
            forceTree(disk, temporary);
            disk.moveAtomically(temporary, target);
            disk.force(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw IoErrors.cannotWrite(target, e);
        }
    }

    /** Removes a file or a folder with all in it, links as links; nothing there is no error. */
    public static void deleteTree(Path root) {
        try {
            deleteTree(Disk.operations(), root);
        } catch (IOException e) {
            throw IoErrors.cannotWrite(root, e);
        }
    }

    /** Makes a folder and its parents where missing. */
    public static void createDirectories(Path directory) {
        try {
            Disk.operations().createDirectories(directory);
        } catch (IOException e) {
            throw IoErrors.cannotWrite(directory, e);
        }
    }

    /** Removes what killed processes left half written in a folder; call it where no other process writes. */
    public static void sweep(Path directory) {
        FileOperations disk = Disk.operations();
        try {
            for (Path entry : disk.list(directory)) {
                String name = entry.getFileName().toString();
                if (OWN_TEMPORARY.matcher(name).matches()) {
                    deleteTree(disk, entry);
                }
            }
        } catch (IOException e) {
            throw IoErrors.cannotWrite(directory, e);
        }
    }

    /** A free hidden name beside the target that {@link #sweep} recognises; nothing is made. */
    public static Path temporaryBeside(Path target) {
        String unique = ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
        return target.resolveSibling("." + target.getFileName() + "." + unique + TEMPORARY_SUFFIX);
    }

    private static void forceTree(FileOperations disk, Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : disk.list(path)) {
                forceTree(disk, entry);
            }
        }
        disk.force(path);
    }

    private static void deleteTree(FileOperations disk, Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : disk.list(path)) {
                deleteTree(disk, entry);
            }
        }
        disk.delete(path);
    }
}
