package org.sslam.audio.augment;

import java.util.SplittableRandom;

/**
 * Rolls a log-mel circularly by a uniform number of frames and scales the sound behind it by a {@link Gain}: what is left of
 * {@link RollAndMagnitude} where there is no waveform.
 *
 * <pre>
 * out[(t + shift) mod T] = max(floor, mel[t] + 2 ln g)       shift uniform in 0 .. T-1; what is at the floor stays there
 * </pre>
 *
 * <p>Deviations from rolling the waveform: the shift is a whole number of hops, so windows always lie on the clip's own grid;
 * no window holds the clip's end and its beginning (of ten seconds two in a thousand would); what was below the floor stays
 * there where the gain would lift it. All else is the same, since a gain multiplies every energy.
 */
public final class MelRoll {
    /** Log-mels may be rounded, at the floor downwards in half precision; what is this near to it is at it. */
    private static final float NEAR = 1e-4f;

    private MelRoll() {}

    /**
     * A new log-mel.
     *
     * @param melTF natural logarithms of energies, (frames, bins), at least one frame; not changed
     * @param floor the lowest logarithm that the log-mel can have
     */
    public static float[] apply(float[] melTF, int bins, float floor, Gain gain, SplittableRandom random) {
        int shift = random.nextInt(melTF.length / bins);
        return rollAndScale(melTF, bins, floor, shift, gain.draw(random));
    }

    static float[] rollAndScale(float[] melTF, int bins, float floor, int shift, double gain) {
        float[] out = new float[melTF.length];
        int down = shift * bins;
        int head = melTF.length - down;
        System.arraycopy(melTF, 0, out, down, head);
        System.arraycopy(melTF, head, out, 0, down);
        float more = (float) (2 * StrictMath.log(gain));
        for (int i = 0; i < out.length; i++) {
            if (out[i] > floor + NEAR) {
                out[i] = Math.max(floor, out[i] + more);
            }
        }
        return out;
    }
}
