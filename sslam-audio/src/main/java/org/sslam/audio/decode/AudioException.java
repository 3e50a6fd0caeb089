package org.sslam.audio.decode;

import java.nio.file.Path;
import java.util.Optional;

/** One sound file cannot be used; the message is one line, "file: reason". */
public final class AudioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;
    private final boolean systemFailed;

    public AudioException(Path file, String reason) {
        this(file, reason, null);
    }

    public AudioException(Path file, String reason, Throwable cause) {
        this(file, reason, cause, false);
    }

    private AudioException(Path file, String reason, Throwable cause, boolean systemFailed) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.reason = reason;
        this.systemFailed = systemFailed;
    }

    /** For a step that sees samples, not files; the caller adds the file by {@link #at}. */
    public AudioException(String reason) {
        super(reason);
        this.file = null;
        this.reason = reason;
        this.systemFailed = false;
    }

    /** What cannot be read for a reason outside the file: permissions, too many open files, a disk that is gone. */
    public static AudioException ofSystem(Path file, String reason, Throwable cause) {
        return new AudioException(file, reason, cause, true);
    }

    /** This exception with its file named; itself where the file is known already. */
    public AudioException at(Path where) {
        return file != null ? this : new AudioException(where, reason, this, systemFailed);
    }

    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** What is wrong, without the file. */
    public String reason() {
        return reason;
    }

    /** Whether the file's content was not to blame, so that the same file may be read another time. */
    public boolean systemFailed() {
        return systemFailed;
    }
}
