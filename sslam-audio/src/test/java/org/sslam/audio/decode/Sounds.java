package org.sslam.audio.decode;

/** Test signals and how alike two signals are. */
final class Sounds {
    private Sounds() {}

    /** A sine sweep from 200 to 2000 Hz with amplitude 0.5. */
    static float[] sweep(double seconds, int rateHz) {
        float[] wave = new float[(int) Math.round(seconds * rateHz)];
        for (int i = 0; i < wave.length; i++) {
            double t = (double) i / rateHz;
            wave[i] = (float) (0.5 * Math.sin(2 * Math.PI * (200 * t + 900 * t * t / seconds)));
        }
        return wave;
    }

    private static final int EXCERPT = 8000;

    /** The largest normalised correlation of the middle of a signal with another's, over lags up to {@code maxLag}. */
    static double correlation(float[] a, float[] b, int maxLag) {
        double best = -1;
        for (int lag = -maxLag; lag <= maxLag; lag++) {
            double ab = 0;
            double aa = 0;
            double bb = 0;
            int from = Math.max(a.length / 2 - EXCERPT / 2, -lag);
            for (int i = Math.max(0, from); i < Math.min(Math.min(a.length, b.length - lag), from + EXCERPT); i++) {
                ab += (double) a[i] * b[i + lag];
                aa += (double) a[i] * a[i];
                bb += (double) b[i + lag] * b[i + lag];
            }
            best = Math.max(best, ab / Math.sqrt(aa * bb + 1e-30));
        }
        return best;
    }
}
