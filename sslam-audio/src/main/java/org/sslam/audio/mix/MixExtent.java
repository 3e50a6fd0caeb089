package org.sslam.audio.mix;

/** How much of a clip is mixed with its neighbour of the batch. */
public enum MixExtent {
    /** All but two drawn regions (see {@link Regions}). */
    PARTIAL,
    /** Everything. */
    FULL
}
