package org.sslam.audio.shard;

import java.io.IOException;

/** A member's bytes are not those that were packed; no failure of the disk. */
public final class DamagedMemberException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedMemberException(String message) {
        super(message);
    }
}
