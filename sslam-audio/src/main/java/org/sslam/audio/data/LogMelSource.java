package org.sslam.audio.data;

/** Where log-mels come from. */
public enum LogMelSource {
    /** From the sounds, by the front-end. */
    COMPUTED,
    /** From a packed set that holds them beside the sounds; refused where a run rolls waveforms. */
    STORED,
    /** The same; where a run rolls and scales waveforms, log-mels are rolled by whole frames and scaled instead. */
    STORED_ROLLED;

    /** Whether a set's own log-mels are read. */
    public boolean isStored() {
        return this != COMPUTED;
    }
}
