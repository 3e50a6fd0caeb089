package org.sslam.audio.data;

import java.util.List;

/** Clips that the program itself put together: a selection of another source, or a list made in code. */
final class MemorySource extends FixedClips {
    MemorySource(String description, List<Clip> clips, String remedy) {
        super(description, clips, remedy);
    }
}
