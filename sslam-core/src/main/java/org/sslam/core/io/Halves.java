package org.sslam.core.io;

/** Conversions between float32 and the 16-bit formats, to the nearest value, ties to even. */
public final class Halves {
    private static final int FLOAT_TO_HALF_BIAS = 112;

    private Halves() {}

    /** The value of IEEE 754 binary16 bits, exact. */
    public static float fromF16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1.0p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent + FLOAT_TO_HALF_BIAS;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The nearest binary16; beyond 65504 the infinity, below its smallest subnormal a signed zero. */
    public static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= 0x47800000) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) {
            // The ulp of 0.5 is that of half's subnormals: the sum rounds as they do.
            float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
            return (short) (sign | (Float.floatToRawIntBits(rounded) - 0x3F000000));
        }
        int rebased = magnitude - (FLOAT_TO_HALF_BIAS << 23);
        return (short) (sign | (rebased + 0xFFF + (rebased >>> 13 & 1)) >>> 13);
    }

    /** The value of bfloat16 bits, exact. */
    public static float fromBF16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest bfloat16. */
    public static short toBF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }
}
