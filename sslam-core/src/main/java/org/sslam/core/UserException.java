package org.sslam.core;

import java.util.regex.Pattern;

/**
 * A mistake that its user can mend: a missing file, an unknown key, a full disk.
 *
 * <p>The message is one line that says what is wrong, where, and what to do; longer than 1,500 characters, it loses its
 * middle. The command line prints it without a stack trace and exits with 1; a library caller catches it like any other
 * unchecked exception.
 */
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1500;
    private static final int KEPT_AT_THE_END = 400;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}&&[^\t]]+");

    /**
     * @param message what is wrong, where, and how to mend it, in one line
     */
    public UserException(String message) {
        super(oneLine(message));
    }

    /**
     * @param message what is wrong, where, and how to mend it, in one line
     * @param cause what the library below reported
     */
    public UserException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What a message quotes of a file may be of any length and hold any character. */
    private static String oneLine(String message) {
        String line = NOT_PRINTABLE.matcher(message).replaceAll(" ");
        return line.length() <= MAX_LENGTH
                ? line
                : line.substring(0, MAX_LENGTH - KEPT_AT_THE_END) + " ... "
                        + line.substring(line.length() - KEPT_AT_THE_END);
    }
}
