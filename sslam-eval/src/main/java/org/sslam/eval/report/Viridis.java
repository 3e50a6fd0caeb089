package org.sslam.eval.report;

/**
 * The colour map viridis: dark violet over green to yellow, equally stepped to the eye, readable in grey and by
 * colour-blind readers.
 *
 * <p>Source: matplotlib's viridis (van der Walt and Smith 2015), ten of its colours with straight lines between.
 */
final class Viridis {
    private static final int[] ANCHORS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    private Viridis() {}

    /**
     * Colour of a value as 0xRRGGBB.
     *
     * @param value 0 (dark) to 1 (light); values outside are clamped, NaN is dark
     */
    static int rgb(double value) {
        double clamped = value > 0 ? Math.min(1, value) : 0;
        double place = clamped * (ANCHORS.length - 1);
        int below = Math.min((int) place, ANCHORS.length - 2);
        double share = place - below;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = ANCHORS[below] >> shift & 0xFF;
            int to = ANCHORS[below + 1] >> shift & 0xFF;
            rgb |= (int) Math.round(from + share * (to - from)) << shift;
        }
        return rgb;
    }
}
