package org.sslam.audio.shard;

/**
 * A clip that could not be packed.
 *
 * @param id its name in the data set
 * @param path its file
 * @param reason what is wrong with it
 */
public record BrokenClip(String id, String path, String reason) {
    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
