package org.sslam.audio.data;

import java.util.List;
import java.util.Optional;

/** Clips that the program itself put together: a selection of another source, or a list made in code. */
final class MemorySource extends FixedClips {
    private final Optional<StoredMels> mels;

    MemorySource(String description, List<Clip> clips, Optional<StoredMels> mels, String remedy) {
        super(description, clips, remedy);
        this.mels = mels;
    }

    @Override
    public Optional<StoredMels> storedMels() {
        return mels;
    }
}
