package org.sslam.audio.data;

/** Where log-mels come from. */
public enum LogMelSource {
    /** From the sounds, by the front-end. */
    COMPUTED,
    /** From a packed set that holds them beside the sounds. */
    STORED
}
