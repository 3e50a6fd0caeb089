package org.sslam.audio.shard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A clip that could not be packed.
 *
 * @param id its name in the data set
 * @param path its file
 * @param reason what is wrong with it
 * @param bytes length that its file had then; null if there was none
 * @param modifiedMs when that file had been written, milliseconds since 1970; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrokenClip(String id, String path, String reason, Long bytes, Long modifiedMs) {
    /**
     * A clip whose file is as it lies there now.
     *
     * @throws org.sslam.core.UserException if the system cannot say
     */
    public static BrokenClip of(String id, Path file, String reason) {
        return SoundFiles.state(file)
                .map(now -> new BrokenClip(id, file.toString(), reason, now.bytes(), now.modifiedMs()))
                .orElseGet(() -> new BrokenClip(id, file.toString(), reason, null, null));
    }

    /**
     * Whether a file has the length and the time that this clip's had.
     *
     * @throws org.sslam.core.UserException if the system cannot say
     */
    public boolean isStill(Path file) {
        BrokenClip now = of(id, file, reason);
        return Objects.equals(bytes, now.bytes) && Objects.equals(modifiedMs, now.modifiedMs);
    }

    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
