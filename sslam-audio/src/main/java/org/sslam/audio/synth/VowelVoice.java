package org.sslam.audio.synth;

import static org.sslam.audio.synth.Signals.logUniform;
import static org.sslam.audio.synth.Signals.sine;
import static org.sslam.audio.synth.Signals.uniform;
import static org.sslam.audio.synth.Signals.white;

import java.util.SplittableRandom;

/**
 * A sung vowel: glottal pulses through three formants.
 *
 * <p>Source: formant frequencies after Peterson, Barney, "Control Methods Used in a Study of the Vowels", 1952.
 */
final class VowelVoice {
    private static final double[][] FORMANTS_HZ = {
        {730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240},
    };
    private static final double[] FORMANT_GAINS = {1, 0.6, 0.3};

    private VowelVoice() {}

    static float[] render(SplittableRandom random, int sampleRateHz, int samples) {
        double[] formantsHz = FORMANTS_HZ[Signals.below(random, FORMANTS_HZ.length)];
        double throat = uniform(random, 0.9, 1.2);
        Resonator[] formants = new Resonator[formantsHz.length];
        for (int f = 0; f < formants.length; f++) {
            formants[f] = new Resonator(sampleRateHz, formantsHz[f] * throat, uniform(random, 8, 14));
        }
        double pitchHz = logUniform(random, 95, 320);
        double vibratoHz = uniform(random, 4, 7);
        double breath = uniform(random, 0.01, 0.06);
        double phase = 0;
        float[] out = new float[samples];
        for (int i = 0; i < samples; i++) {
            double turn = phase - Math.floor(phase);
            // The glottis opens slowly and shuts at once; the sharp end is what excites the formants.
            double pulse = turn < 0.6 ? turn * turn * (0.6 - turn) * 12 : 0;
            double source = pulse + breath * white(random);
            double sum = 0;
            for (int f = 0; f < formants.length; f++) {
                sum += FORMANT_GAINS[f] * formants[f].next(source);
            }
            out[i] = (float) sum;
            phase += pitchHz * (1 + 0.02 * sine(vibratoHz * i / sampleRateHz)) / sampleRateHz;
        }
        return out;
    }
}
