package org.sslam.audio.load;

import java.nio.file.Path;

/**
 * A clip that could not be decoded and is passed over from then on.
 *
 * @param index its place in the source
 * @param id its id
 * @param path its file
 * @param reason what the decoder said
 */
public record Quarantined(int index, String id, Path path, String reason) {
    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
