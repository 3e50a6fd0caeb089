package org.sslam.core;

/**
 * A mistake that its user can mend: a missing file, an unknown key, a full disk.
 *
 * <p>The message is one line that says what is wrong, where, and what to do. The command line prints it without a stack
 * trace and exits with 1; a library caller catches it like any other unchecked exception.
 */
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, where, and how to mend it, in one line
     */
    public UserException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, where, and how to mend it, in one line
     * @param cause what the library below reported
     */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
