package org.sslam.audio.feature;

import java.util.SplittableRandom;

/** What a {@link FrontEndKind} makes of a waveform; {@link FrontEnd} adds what all kinds share. */
interface ClipInput {
    /** Frames of so many samples; 0 where there is not one. */
    int frames(int samples);

    /** Whether the waveform's mean is taken away first. */
    boolean centresWaveform();

    /** Log-mel of all frames, (clip frames, bins), not normalised. */
    float[] raw(float[] wave);

    /**
     * The model's input: cut or filled to its frames, normalised.
     *
     * @param train whether an excerpt is drawn at random
     * @param random unused, and may be null, unless {@code train}
     * @param outTF receives (frames, bins) from {@code offset} on
     */
    void write(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset);

    /** As {@link #write}, of the log-mel that {@link #raw} gives; the same draws. */
    void writeRaw(float[] rawTF, boolean train, SplittableRandom random, float[] outTF, int offset);
}
