package org.sslam.audio.synth;

import static org.sslam.audio.synth.Signals.between;
import static org.sslam.audio.synth.Signals.ceilingHz;
import static org.sslam.audio.synth.Signals.logUniform;
import static org.sslam.audio.synth.Signals.sine;
import static org.sslam.audio.synth.Signals.struck;
import static org.sslam.audio.synth.Signals.uniform;
import static org.sslam.audio.synth.Signals.white;

import java.util.SplittableRandom;

/** Voices that are hit and die away: strings, bells, knocks, clicks. */
final class StruckVoices {
    /** Partials of a church bell relative to its prime. */
    private static final double[] BELL_PARTIALS = {0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.67, 3.0, 4.1};

    private StruckVoices() {}

    /** Source: Karplus, Strong, "Digital Synthesis of Plucked-String and Drum Timbres", 1983. */
    static float[] pluck(SplittableRandom random, int sampleRateHz, int samples) {
        float[] out = new float[samples];
        int strokes = between(random, 1, 4);
        for (int stroke = 0; stroke < strokes; stroke++) {
            int from = stroke * samples / strokes;
            string(random, sampleRateHz, logUniform(random, 90, 620), uniform(random, 0.990, 0.999), out, from);
        }
        return out;
    }

    private static void string(
            SplittableRandom random, int sampleRateHz, double pitchHz, double keep, float[] out, int from) {
        double[] line = new double[Math.max(2, (int) Math.round(sampleRateHz / pitchHz))];
        for (int i = 0; i < line.length; i++) {
            line[i] = white(random);
        }
        for (int i = from, at = 0; i < out.length; i++, at = (at + 1) % line.length) {
            out[i] += (float) line[at];
            line[at] = keep * 0.5 * (line[at] + line[(at + 1) % line.length]);
        }
    }

    static float[] bell(SplittableRandom random, int sampleRateHz, int samples) {
        double primeHz = logUniform(random, 280, 1100);
        double decay = uniform(random, 0.4, 1.2) * sampleRateHz;
        float[] out = new float[samples];
        for (double ratio : BELL_PARTIALS) {
            double hz = primeHz * ratio * uniform(random, 0.995, 1.005);
            double amplitude = uniform(random, 0.3, 1) / Math.sqrt(ratio);
            double partialDecay = decay / Math.sqrt(ratio);
            if (hz < ceilingHz(sampleRateHz)) {
                for (int i = 0; i < samples; i++) {
                    out[i] += (float) (amplitude * struck(i, 20, partialDecay) * sine(hz * i / sampleRateHz));
                }
            }
        }
        return out;
    }

    static float[] knock(SplittableRandom random, int sampleRateHz, int samples) {
        int hits = between(random, 2, 5);
        double bodyHz = logUniform(random, 110, 420);
        double decay = uniform(random, 0.015, 0.05) * sampleRateHz;
        double hardness = uniform(random, 0.2, 0.8);
        float[] out = new float[samples];
        for (int hit = 0; hit < hits; hit++) {
            int from = (int) ((hit + uniform(random, 0, 0.25)) * samples / hits);
            double gain = uniform(random, 0.6, 1);
            for (int i = from; i < samples; i++) {
                int n = i - from;
                double body = sine(bodyHz * n / sampleRateHz) + 0.5 * sine(2.3 * bodyHz * n / sampleRateHz);
                out[i] += (float)
                        (gain * (struck(n, 4, decay) * body + hardness * struck(n, 2, decay / 8) * white(random)));
            }
        }
        return out;
    }

    static float[] clicks(SplittableRandom random, int sampleRateHz, int samples) {
        double rateHz = logUniform(random, 4, 28);
        double jitter = uniform(random, 0, 0.15);
        double colourHz = logUniform(random, 1500, 5500);
        Resonator filter = new Resonator(sampleRateHz, colourHz, uniform(random, 1, 4));
        float[] out = new float[samples];
        double nextClick = 0;
        double pulse = 0;
        for (int i = 0; i < samples; i++) {
            if (i >= nextClick) {
                pulse = uniform(random, 0.6, 1);
                nextClick += sampleRateHz / rateHz * (1 + jitter * white(random));
            }
            out[i] = (float) filter.next(pulse * white(random));
            pulse *= 0.94;
        }
        return out;
    }
}
