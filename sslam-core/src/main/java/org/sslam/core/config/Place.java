package org.sslam.core.config;

import org.sslam.core.UserException;

/**
 * Where a value was written.
 *
 * @param source the file, or the override in words
 * @param line from 1; 0 where lines mean nothing
 */
record Place(String source, int line) {
    UserException error(String message) {
        return new UserException(this + ": " + message);
    }

    UserException error(String message, Throwable cause) {
        return new UserException(this + ": " + message, cause);
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
