package org.sslam.core.io.tar;

import java.io.IOException;

/** An archive is damaged or holds what is not accepted; the message says where, without the archive's name. */
public final class TarException extends IOException {
    private static final long serialVersionUID = 1L;

    TarException(long offset, String problem) {
        super("at byte " + offset + ": " + problem);
    }
}
