package org.sslam.audio.decode;

import java.nio.file.Path;
import java.util.Optional;

/** One sound file cannot be used; the message is one line, "file: reason". */
public final class AudioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;

    public AudioException(Path file, String reason) {
        this(file, reason, null);
    }

    public AudioException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.reason = reason;
    }

    /** For a step that sees samples, not files; the caller adds the file by {@link #at}. */
    public AudioException(String reason) {
        super(reason);
        this.file = null;
        this.reason = reason;
    }

    /** This exception with its file named; itself where the file is known already. */
    public AudioException at(Path where) {
        return file != null ? this : new AudioException(where, reason, this);
    }

    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** What is wrong, without the file. */
    public String reason() {
        return reason;
    }
}
