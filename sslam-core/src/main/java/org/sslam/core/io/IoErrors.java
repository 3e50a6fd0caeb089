package org.sslam.core.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sslam.core.UserException;

/** Turns failures of the file system into one line that names the path and the remedy. */
public final class IoErrors {
    private static final List<String> DISK_FULL =
            List.of("no space left", "disk quota exceeded", "not enough space", "disk full");
    private static final List<String> READ_ONLY =
            List.of("read-only file system", "permission denied", "operation not permitted");

    private static final List<String> NO_FILE =
            List.of("not a directory", "too many levels of symbolic links", "file name too long");

    private IoErrors() {}

    /** What to throw when {@code path} could not be written. */
    public static UserException cannotWrite(Path path, IOException cause) {
        if (isDiskFull(cause)) {
            return new UserException(
                    "cannot write " + path + ": no space left on device; free space and run the same command again"
                            + " (what was saved before is intact)",
                    cause);
        }
        if (isDenied(cause)) {
            return new UserException(
                    "cannot write " + path + ": no write permission; change the folder's permissions or choose another",
                    cause);
        }
        return new UserException("cannot write " + path + ": " + reason(cause), cause);
    }

    /** What to throw when {@code path} could not be read. */
    public static UserException cannotRead(Path path, IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new UserException("cannot read " + path + ": no such file; check the path", cause);
        }
        if (isDenied(cause)) {
            return new UserException("cannot read " + path + ": no read permission; change its permissions", cause);
        }
        return new UserException("cannot read " + path + ": " + reason(cause), cause);
    }

    /** Whether the failure says that the disk or the quota is full. */
    public static boolean isDiskFull(IOException cause) {
        return mentions(cause, DISK_FULL);
    }

    /** Whether the failure says that the path leads to no file, rather than that there is one which cannot be read now. */
    public static boolean isNoFile(IOException cause) {
        return cause instanceof NoSuchFileException
                || cause instanceof FileNotFoundException
                || mentions(cause, NO_FILE);
    }

    private static boolean isDenied(IOException cause) {
        return cause instanceof AccessDeniedException || mentions(cause, READ_ONLY);
    }

    private static boolean mentions(IOException cause, List<String> phrases) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(message::contains);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something of that name is in the way";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "a folder of that name is in the way";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }
}
