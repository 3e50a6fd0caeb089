package org.sslam.audio.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogMelTest {
    static float[] noise(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] wave = new float[samples];
        for (int i = 0; i < samples; i++) {
            wave[i] = (float) (random.nextDouble() - 0.5);
        }
        return wave;
    }

    /** One frame by the definition, in double. */
    private static double[] frameByDefinition(float[] wave, int start, LogMel.Options o) {
        int n = o.frameSamples();
        int size = Integer.highestOneBit(n - 1) * 2;
        double mean = IntStream.range(0, n)
                .mapToDouble(i -> wave[start + i])
                .average()
                .orElseThrow();
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double previous = wave[start + Math.max(i - 1, 0)] - mean;
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (n - 1));
            x[i] = (wave[start + i] - mean - 0.97 * previous) * window;
        }
        double[] mel = new double[o.bins()];
        double low = 1127 * Math.log(1 + o.lowHz() / 700);
        double step = (1127 * Math.log(1 + o.highHz() / 700) - low) / (o.bins() + 1);
        for (int k = 0; k < size / 2; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                re += x[i] * Math.cos(2 * Math.PI * k * i / size);
                im -= x[i] * Math.sin(2 * Math.PI * k * i / size);
            }
            double at = (1127 * Math.log(1 + (double) k * o.sampleRateHz() / size / 700) - low) / step;
            for (int m = 0; m < mel.length; m++) {
                mel[m] += Math.max(0, 1 - Math.abs(at - m - 1)) * (re * re + im * im);
            }
        }
        return Arrays.stream(mel).map(e -> Math.log(Math.max(e, 1.1920929e-7))).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 128, 25, 10, 20, 8000",
        "16000, 80, 25, 10, 20, 7600",
        "22050, 43, 30, 12.5, 0, 0",
        "8000, 7, 10, 20, 50, 3000",
        "44100, 128, 25, 10, 20, 8000",
        "1000, 3, 6, 1, 10, 400",
    })
    void everyFrameFollowsTheDefinition(int rate, int bins, double frameMs, double hopMs, double low, double high) {
        LogMel.Options options = new LogMel.Options(rate, bins, frameMs, hopMs, low, high);
        LogMel logMel = LogMel.kaldi(options);
        int frames = 130;
        float[] wave = noise(options.frameSamples() + (frames - 1) * options.hopSamples(), rate);
        assertEquals(frames, logMel.frames(wave.length));
        float[] actual = logMel.compute(wave);
        for (int t : new int[] {0, 1, 2, 64, 126, 127, 128, 129}) {
            double[] expected = frameByDefinition(wave, t * options.hopSamples(), options);
            for (int m = 0; m < bins; m++) {
                assertEquals(expected[m], actual[t * bins + m], 2e-3, "frame " + t + ", bin " + m);
            }
        }
    }

    @Test
    void countsFramesAsKaldiDoes() {
        LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
        assertEquals(998, logMel.frames(160_000));
        assertEquals(498, logMel.frames(80_000));
        assertEquals(98, logMel.frames(16_000));
        assertEquals(1, logMel.frames(400));
        assertEquals(1, logMel.frames(559));
        assertEquals(2, logMel.frames(560));
        assertEquals(0, logMel.frames(399));
        assertEquals(0, logMel.frames(0));
        assertEquals(0, logMel.compute(new float[399]).length);
    }

    @Test
    void silenceIsTheFloor() {
        for (float cell : LogMel.kaldi(LogMel.Options.sslam()).compute(new float[1000])) {
            assertEquals(-15.942385, cell, 1e-5);
        }
    }

    @Test
    void anExcerptIsComputedAsIfItStoodAlone() {
        LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
        float[] wave = noise(50_000, 5);
        int from = 1234;
        int to = 41_000;
        float[] expected = logMel.compute(Arrays.copyOfRange(wave, from, to));
        float[] out = new float[expected.length + 10];
        logMel.compute(wave, from, to, out, 7);
        assertArrayEquals(expected, Arrays.copyOfRange(out, 7, 7 + expected.length));
        assertEquals(0f, out[6]);
        assertEquals(0f, out[7 + expected.length]);
    }

    @Test
    void aShorterClipAfterALongerOneIsNotTouchedByIt() {
        LogMel used = LogMel.kaldi(LogMel.Options.sslam());
        used.compute(noise(160_000, 1));
        float[] wave = noise(5000, 2);
        assertArrayEquals(LogMel.kaldi(LogMel.Options.sslam()).compute(wave), used.compute(wave));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
        float[] wave = noise(30_000, 9);
        float[] expected = logMel.compute(wave);
        assertTrue(IntStream.range(0, 64).parallel().allMatch(i -> Arrays.equals(expected, logMel.compute(wave))));
    }

    @Test
    void impossibleOptionsAndRangesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LogMel.Options(16000, 128, 25, 10, 20, 8001));
        assertThrows(IllegalArgumentException.class, () -> new LogMel.Options(16000, 128, 25, 10, 500, 400));
        assertThrows(IllegalArgumentException.class, () -> new LogMel.Options(16000, 0, 25, 10, 20, 8000));
        assertEquals(7600, new LogMel.Options(16000, 80, 25, 10, 20, -400).highHz());
        LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
        assertThrows(IllegalArgumentException.class, () -> logMel.compute(new float[400], 0, 401, new float[128], 0));
        assertThrows(IllegalArgumentException.class, () -> logMel.compute(new float[400], 0, 400, new float[128], 1));
    }
}
