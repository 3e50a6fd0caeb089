package org.sslam.audio.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

/** The torchaudio kind of front-end: whole clip standardised, excerpts, mirrored frames, refusals. */
class StandardizedInputTest {
    private static final int BINS = 80;
    private static final int FRAMES = 200;
    private static final int HOP = 160;

    private final FrontEnd frontEnd = new FrontEnd(FrontEndConfig.mwmae());

    private float[] input(float[] wave, boolean train, long seed) {
        float[] out = new float[frontEnd.outputSize()];
        frontEnd.melOf(wave, train, new SplittableRandom(seed), out, 0);
        return out;
    }

    private float[] standardized(float[] wave) {
        float[] mel = frontEnd.rawMel(wave);
        Standardization.BIASED.apply(mel);
        return mel;
    }

    @Test
    void standardisationIsTheWholeClips() {
        float[] values = {1, 2, 3, 6};
        float[] biased = values.clone();
        Standardization.BIASED.apply(biased);
        assertEquals((6 - 3) / Math.sqrt(3.5), biased[3], 1e-6);
        Standardization.UNBIASED.apply(values);
        assertEquals((6 - 3) / Math.sqrt(14.0 / 3), values[3], 1e-6);
        float[] silent = new float[5];
        Standardization.BIASED.apply(silent);
        assertArrayEquals(new float[5], silent, "a clip without variation stays at zero");
    }

    @Test
    void evaluationTakesTheMiddle() {
        float[] wave = LogMelTest.noise(HOP * 300, 1);
        float[] all = standardized(wave);
        assertEquals(301, all.length / BINS);
        float[] middle = Arrays.copyOfRange(all, 50 * BINS, 250 * BINS);
        assertArrayEquals(middle, input(wave, false, 0));
    }

    @Test
    void trainingDrawsEveryExcerptButTheLast() {
        float[] wave = LogMelTest.noise(HOP * 202, 2);
        float[] all = standardized(wave);
        TreeSet<Integer> starts = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            float[] drawn = input(wave, true, seed);
            for (int start = 0; start <= 3; start++) {
                if (Arrays.equals(drawn, Arrays.copyOfRange(all, start * BINS, (start + FRAMES) * BINS))) {
                    starts.add(start);
                }
            }
        }
        assertEquals(new TreeSet<>(java.util.List.of(0, 1, 2)), starts);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 2 * HOP, 40 * HOP, 198 * HOP, 199 * HOP})
    void shorterClipsGoOnWithTheirMirrorImage(int samples) {
        float[] wave = LogMelTest.noise(samples, 3);
        float[] all = standardized(wave);
        int frames = all.length / BINS;
        assertTrue(frames <= FRAMES);
        float[] out = input(wave, true, 4);
        int direction = 1;
        int at = 0;
        for (int t = 0; t < FRAMES; t++) {
            assertArrayEquals(
                    Arrays.copyOfRange(all, at * BINS, (at + 1) * BINS),
                    Arrays.copyOfRange(out, t * BINS, (t + 1) * BINS),
                    "frame " + t);
            if (frames > 1) {
                direction = at == frames - 1 ? -1 : at == 0 ? 1 : direction;
                at += direction;
            }
        }
    }

    @Test
    void waveformsKeepTheirMean() throws Exception {
        float[] samples = new float[1000];
        Arrays.fill(samples, 0.25f);
        assertArrayEquals(samples, frontEnd.waveform(new Waveform(samples, 16000)));
        assertThrows(AudioException.class, () -> frontEnd.waveform(new Waveform(new float[200], 16000)));
    }

    @Test
    void optionsWithoutEffectAreRefused() {
        assertEquals("std: 1", refusal("{kind: torchaudio, lengthPolicy: random-crop}", "std: 1"));
        assertEquals(
                "lengthPolicy: random-crop",
                refusal("{kind: torchaudio, mean: 0, std: 1, lengthPolicy: repeat}", "lengthPolicy: random-crop"));
        assertEquals(
                "cannot be transformed",
                refusal(
                        "{kind: torchaudio, mean: 0, std: 1, lengthPolicy: random-crop, frameMs: 30, sampleRateHz: 22050}",
                        "cannot be transformed"));
    }

    private static String refusal(String yaml, String expected) {
        var tree = Config.parse("test", yaml);
        UserException e = assertThrows(UserException.class, () -> tree.bind(FrontEndConfig.class));
        return e.getMessage().contains(expected) ? expected : e.getMessage();
    }
}
