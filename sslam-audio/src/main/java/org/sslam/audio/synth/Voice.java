package org.sslam.audio.synth;

import java.util.SplittableRandom;

/** Renders one event of a class; everything that varies comes from the random source. */
@FunctionalInterface
interface Voice {
    /**
     * Renders an event at any level; the caller sets its loudness.
     *
     * @param random draws pitch, timbre and course
     * @param sampleRateHz samples a second
     * @param samples length of the event
     * @return {@code samples} mono samples
     */
    float[] render(SplittableRandom random, int sampleRateHz, int samples);
}
