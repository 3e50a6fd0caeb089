package org.sslam.audio.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FastLogTest {
    @Test
    void agreesWithTheLibraryOverTheWholeRange() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            float x = Float.intBitsToFloat(random.nextInt(0x00800000, 0x7f800000));
            double expected = Math.log(x);
            assertEquals(expected, FastLog.ln(x), 1e-6 * Math.max(1, Math.abs(expected)), "ln " + x);
        }
    }

    @Test
    void isAccurateAroundOneAndAtTheFloor() {
        for (float x = 0.9f; x < 1.1f; x = Math.nextUp(x + 1e-5f)) {
            assertEquals(Math.log(x), FastLog.ln(x), 2e-7);
        }
        assertEquals(-15.942385, FastLog.ln(1.1920929e-7f), 1e-6);
    }
}
