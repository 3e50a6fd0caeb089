package org.sslam.audio.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static float[] noise(int samples) {
        SplittableRandom random = new SplittableRandom(samples);
        float[] wave = new float[samples];
        for (int i = 0; i < samples; i++) {
            wave[i] = (float) (random.nextDouble() - 0.5);
        }
        return wave;
    }

    /** The definition, every tap of every phase, in double. */
    private static float[] byDefinition(float[] wave, int from, int to) {
        int gcd = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        int o = from / gcd;
        int n = to / gcd;
        double base = Math.min(o, n) * 0.99;
        int width = (int) Math.ceil(6 * o / base);
        float[] out = new float[(int) Math.ceil((double) n * wave.length / o)];
        for (int i = 0; i < out.length; i++) {
            int p = i % n;
            double sum = 0;
            for (int j = -width; j < width + o; j++) {
                int at = i / n * o + j;
                if (at >= 0 && at < wave.length) {
                    double t = Math.max(-6, Math.min(6, (-(double) p / n + (double) j / o) * base));
                    double sinc = t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
                    sum += wave[at] * sinc * Math.pow(Math.cos(Math.PI * t / 12), 2) * base / o;
                }
            }
            out[i] = (float) sum;
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 16000, 501",
        "48000, 16000, 1000",
        "44100, 16000, 2000",
        "22050, 16000, 700",
        "16000, 22050, 333",
        "11025, 16000, 1",
        "44100, 16000, 10",
        "12345, 16000, 800",
    })
    void followsTheDefinition(int from, int to, int samples) {
        float[] wave = noise(samples);
        float[] expected = byDefinition(wave, from, to);
        Resampler resampler = Resampler.of(from, to);
        assertEquals(expected.length, resampler.outputLength(samples));
        assertArrayEquals(expected, resampler.resample(wave), 1e-6f);
    }

    @Test
    void equalRatesChangeNothing() {
        float[] wave = noise(100);
        assertSame(wave, Resampler.of(16000, 16000).resample(wave));
    }

    @Test
    void keepsATone() {
        float[] tone = new float[44100];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) Math.sin(2 * Math.PI * 1000 * i / 44100);
        }
        float[] out = Resampler.of(44100, 16000).resample(tone);
        assertEquals(16000, out.length);
        for (int i = 100; i < 15900; i++) {
            assertEquals(Math.sin(2 * Math.PI * 1000 * i / 16000), out[i], 2e-3);
        }
    }

    @Test
    void removesWhatTheNewRateCannotHold() {
        float[] tone = new float[48000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) Math.sin(2 * Math.PI * 12000 * i / 48000);
        }
        float[] out = Resampler.of(48000, 16000).resample(tone);
        for (int i = 100; i < 15900; i++) {
            assertEquals(0, out[i], 2e-3);
        }
    }

    @Test
    void emptyStaysEmptyAndBadRatesAreRefused() {
        assertEquals(0, Resampler.of(8000, 16000).resample(new float[0]).length);
        assertThrows(IllegalArgumentException.class, () -> Resampler.of(0, 16000));
        assertThrows(IllegalArgumentException.class, () -> Resampler.of(8000, -1));
    }
}
