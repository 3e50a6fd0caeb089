package org.sslam.audio.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.feature.LogMel;

class MelRollTest {
    private static final int BINS = 128;
    private static final int HOP = 160;
    private static final float FLOOR = (float) Math.log(1.1920929e-7);

    /** A second of noise that fades in after a silent part; its length is a whole number of hops. */
    private static float[] wave() {
        SplittableRandom random = new SplittableRandom(3);
        float[] wave = new float[100 * HOP];
        for (int i = 20 * HOP; i < wave.length; i++) {
            wave[i] = (float) (0.4 * (random.nextDouble() - 0.5) * i / wave.length);
        }
        return wave;
    }

    /** Up to the seam the same frames; after it the same but for the two whose windows hold both ends of the clip. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.5})
    void itIsTheLogMelOfTheRolledWaveformButForTheSeam(double gain) {
        LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
        float[] mel = logMel.compute(wave());
        int shift = 37;
        float[] expected = logMel.compute(RollAndMagnitude.rollAndScale(wave(), shift * HOP, (float) gain));
        float[] actual = MelRoll.rollAndScale(mel, BINS, FLOOR, shift, gain);
        assertEquals(expected.length, actual.length);
        assertSame(frames(expected, shift, 98), frames(actual, shift, 98));
        assertSame(frames(expected, 0, shift - 2), frames(actual, 2, shift));
        assertTrue(frames(actual, shift, shift + 1)[0] <= FLOOR + 1e-4f, "silence stays silence");
    }

    /** What lay below the floor stays there, though the gain would lift it a little above. */
    private static void assertSame(float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (actual[i] <= FLOOR + 1e-4f) {
                assertTrue(expected[i] <= FLOOR + 2 * Math.log(1.5), "cell " + i + ": " + expected[i]);
            } else {
                assertEquals(expected[i], actual[i], 2e-3f, "cell " + i);
            }
        }
    }

    private static float[] frames(float[] melTF, int from, int to) {
        return Arrays.copyOfRange(melTF, from * BINS, to * BINS);
    }

    @Test
    void shiftsAreUniformAndTheLogMelIsNotChanged() {
        SplittableRandom random = new SplittableRandom(5);
        float[] mel = {0, -20, -20, -20};
        int[] shifts = new int[4];
        for (int draw = 0; draw < 20_000; draw++) {
            float[] out = MelRoll.apply(mel, 1, -20, Gain.BETA, random);
            for (int t = 0; t < 4; t++) {
                shifts[t] += out[t] > -20 ? 1 : 0;
            }
        }
        for (int count : shifts) {
            assertEquals(5000, count, 250);
        }
        assertArrayEquals(new float[] {0, -20, -20, -20}, mel);
    }
}
