package org.sslam.core.io;

import java.io.IOException;

/**
 * Takes a value and may fail at reading or writing.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface IoConsumer<T> {
    void accept(T value) throws IOException;
}
