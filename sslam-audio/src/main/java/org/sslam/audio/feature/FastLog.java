package org.sslam.audio.feature;

/**
 * Natural logarithm of positive normal floats, from a table of 128 mantissa intervals and a cubic remainder.
 *
 * <p>Error below {@code 1e-6 * max(1, |ln x|)}; several times faster than {@link Math#log}.
 */
final class FastLog {
    private static final int INDEX_BITS = 7;
    private static final int INDEX_SHIFT = 23 - INDEX_BITS;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final float LN2 = (float) Math.log(2);
    /** Per interval: reciprocal of its centre, then the logarithm of that centre (as rounded reciprocal). */
    private static final float[] TABLE = table();

    private FastLog() {}

    private static float[] table() {
        int intervals = 1 << INDEX_BITS;
        float[] table = new float[2 * intervals];
        for (int i = 0; i < intervals; i++) {
            float reciprocal = (float) (1 / (1 + (i + 0.5) / intervals));
            table[2 * i] = reciprocal;
            table[2 * i + 1] = (float) -Math.log(reciprocal);
        }
        return table;
    }

    static float ln(float x) {
        int bits = Float.floatToRawIntBits(x);
        int index = 2 * ((bits >> INDEX_SHIFT) & INDEX_MASK);
        float mantissa = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
        float r = mantissa * TABLE[index] - 1f;
        return ((bits >> 23) - 127) * LN2 + (TABLE[index + 1] + r * (1f - r * (0.5f - r * (1f / 3f))));
    }
}
