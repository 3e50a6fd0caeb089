package org.sslam.audio.data;

import java.util.List;
import org.sslam.core.UserException;

/** Holds the clips that a source found when it was opened. */
abstract class FixedClips implements ClipSource {
    private final String description;
    private final List<Clip> clips;

    /**
     * @param description kind and place
     * @param clips the clips in order
     * @param remedy what the user may do if there are none
     * @throws UserException if there is no clip
     */
    FixedClips(String description, List<Clip> clips, String remedy) {
        if (clips.isEmpty()) {
            throw new UserException("no clips in " + description + ": " + remedy);
        }
        this.description = description;
        this.clips = List.copyOf(clips);
    }

    @Override
    public final int size() {
        return clips.size();
    }

    @Override
    public final Clip clip(int index) {
        return clips.get(index);
    }

    @Override
    public final List<Clip> clips() {
        return clips;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final String toString() {
        return description + " (" + clips.size() + " clips)";
    }
}
