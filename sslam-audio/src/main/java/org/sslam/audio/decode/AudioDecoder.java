package org.sslam.audio.decode;

import java.nio.file.Path;

/** Reads a sound file into memory as one channel of float samples, at the file's own rate. Thread-safe. */
@FunctionalInterface
public interface AudioDecoder {
    /**
     * Decodes a whole file; several channels are averaged.
     *
     * @throws AudioException if the file cannot be read, holds no usable sound or exceeds a limit
     */
    Waveform decode(Path file) throws AudioException;
}
