package org.sslam.audio.augment;

import java.util.SplittableRandom;
import org.sslam.core.random.Draws;

/**
 * Rolls a waveform circularly by a uniform number of samples and scales it by {@code Beta(10, 10) + 0.5}.
 *
 * <p>Applied in training to the mean-subtracted 16 kHz waveform. Source: SSLAM and EAT, option {@code roll_aug}.
 */
public final class RollAndMagnitude {
    private static final double BETA = 10;
    private static final double LEAST_GAIN = 0.5;

    private RollAndMagnitude() {}

    /** A new waveform: {@code out[(i + shift) mod N] = gain * wave[i]}, shift uniform in 0 .. N-1. */
    public static float[] apply(float[] wave, SplittableRandom random) {
        if (wave.length == 0) {
            throw new IllegalArgumentException("an empty waveform cannot be rolled");
        }
        int shift = random.nextInt(wave.length);
        return rollAndScale(wave, shift, (float) (Draws.beta(random, BETA, BETA) + LEAST_GAIN));
    }

    static float[] rollAndScale(float[] wave, int shift, float gain) {
        float[] out = new float[wave.length];
        int head = wave.length - shift;
        System.arraycopy(wave, 0, out, shift, head);
        System.arraycopy(wave, head, out, 0, shift);
        for (int i = 0; i < out.length; i++) {
            out[i] *= gain;
        }
        return out;
    }
}
