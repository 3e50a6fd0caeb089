package org.sslam.audio.data;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/**
 * A fixed, ordered set of clips: the one view that loaders, verification and statistics have of a data set.
 *
 * <p>A source only names files; it does not open them. Order and ids are a function of the manifest or of the sorted
 * folder, never of the file system's listing order. Implementations are immutable and safe for many threads.
 */
public interface ClipSource {
    /** Number of clips, at least 1. */
    int size();

    /**
     * The clip at a place of the source's order.
     *
     * @param index 0 to {@code size() - 1}
     * @throws IndexOutOfBoundsException for any other index
     */
    Clip clip(int index);

    /** One line for logs and messages: kind and place of the source. */
    String description();

    /** Log-mels to be used in place of the sounds; empty as a rule. */
    default Optional<StoredMels> storedMels() {
        return Optional.empty();
    }

    /** All clips as an unmodifiable list view. */
    default List<Clip> clips() {
        return new AbstractList<>() {
            @Override
            public Clip get(int index) {
                return clip(index);
            }

            @Override
            public int size() {
                return ClipSource.this.size();
            }
        };
    }
}
