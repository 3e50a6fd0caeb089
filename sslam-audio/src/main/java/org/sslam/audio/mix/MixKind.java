package org.sslam.audio.mix;

/** What mixing two clips means. Source: SSLAM paper, table 10. */
public enum MixKind {
    /** Element-wise maximum of the two log-mels. */
    LOGMEL_MAX,
    /** Mean of the two log-mels. */
    LOGMEL_MEAN,
    /** Mean of the two waveforms, before the front-end. */
    WAVEFORM_MEAN
}
