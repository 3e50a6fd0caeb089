package org.sslam.audio.data;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.sslam.core.UserException;

/**
 * Ends the wait for a clip whose decoder, or whose disk, hangs.
 *
 * @param longest time for one clip
 * @param names what the clips are called
 */
public record ClipWatch(Duration longest, IntFunction<String> names) {
    /** Over the files of a source. */
    public static ClipWatch over(ClipSource source, Duration longest) {
        return new ClipWatch(longest, index -> source.clip(index).path().toString());
    }

    /**
     * The next result.
     *
     * @param index its number
     * @throws UserException if it takes too long; its name is said
     */
    public <T> T next(ReadAhead<T> results, int index) {
        try {
            return results.next(longest);
        } catch (TimeoutException e) {
            throw tooSlow(names.apply(index), longest, e);
        }
    }

    /** What to throw when reading a clip took longer than it may. */
    public static UserException tooSlow(String name, Duration longest, TimeoutException cause) {
        return new UserException(
                "decoding " + name + " takes longer than " + longest.toMillis() / 1000.0
                        + " s: check the file or the disk it lies on, then run the same command again",
                cause);
    }
}
