package org.sslam.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvesTest {
    @Test
    void everyHalfSurvivesTheRoundTrip() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float half = Halves.fromF16((short) bits);
            float brain = Halves.fromBF16((short) bits);
            if (!Float.isNaN(half)) {
                assertEquals((short) bits, Halves.toF16(half), "binary16 " + bits);
            }
            if (!Float.isNaN(brain)) {
                assertEquals((short) bits, Halves.toBF16(brain), "bfloat16 " + bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3C00, 1",
        "0x3555, 0.33325195",
        "0x7BFF, 65504",
        "0x0001, 5.9604645E-8",
        "0x0400, 6.1035156E-5",
        "0xC000, -2",
        "0x7C00, Infinity",
        "0xFC00, -Infinity"
    })
    void knownHalves(String bits, float value) {
        assertEquals(value, Halves.fromF16((short) (int) Integer.decode(bits)));
    }

    @Test
    void roundsToTheNearestTiesToEven() {
        assertEquals(0x3C00, Halves.toF16(1 + 0x1.0p-11f));
        assertEquals(0x3C01, Halves.toF16(Math.nextUp(1 + 0x1.0p-11f)));
        assertEquals(0x3C02, Halves.toF16(1 + 3 * 0x1.0p-11f));
        assertEquals(0x7BFF, Halves.toF16(65519.996f));
        assertEquals(0x7C00, Halves.toF16(65520f));
        assertEquals(0x0000, Halves.toF16(0x1.0p-25f));
        assertEquals(0x0001, Halves.toF16(Math.nextUp(0x1.0p-25f)));
        assertEquals((short) 0x8000, Halves.toF16(-0x1.0p-30f));
        assertEquals(0x3F80, Halves.toBF16(1 + 0x1.0p-8f));
        assertEquals(0x3F82, Halves.toBF16(1 + 3 * 0x1.0p-8f));
        assertEquals(0x7F80, Halves.toBF16(Float.MAX_VALUE));
    }

    @Test
    void notANumberStaysOne() {
        assertTrue(Float.isNaN(Halves.fromF16(Halves.toF16(Float.NaN))));
        assertTrue(Float.isNaN(Halves.fromBF16(Halves.toBF16(Float.intBitsToFloat(0x7F800001)))));
    }
}
