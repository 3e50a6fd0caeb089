package org.sslam.audio.feature;

import java.util.Arrays;

/**
 * Triangular mel filters as (first bin, weights): only the few non-zero cells of the bank.
 *
 * <p>Scale {@code mel(f) = 1127 ln(1 + f/700)}; centres equally spaced in mel between {@code lowHz} and
 * {@code highHz}; sides linear in mel; peak 1, no area normalisation.
 *
 * <p>Source: torchaudio {@code compliance.kaldi.get_mel_banks}.
 */
final class MelFilters {
    private final int[] first;
    private final float[][] weights;

    MelFilters(int bins, int fftSize, int sampleRateHz, double lowHz, double highHz) {
        first = new int[bins];
        weights = new float[bins][];
        double low = mel(lowHz);
        double step = (mel(highHz) - low) / (bins + 1);
        for (int m = 0; m < bins; m++) {
            double left = low + m * step;
            int from = 0;
            int to = 0;
            float[] row = new float[fftSize / 2];
            for (int k = 0; k < row.length; k++) {
                double at = mel((double) k * sampleRateHz / fftSize);
                double weight = Math.min((at - left) / step, (left + 2 * step - at) / step);
                if (weight > 0) {
                    row[k] = (float) weight;
                    from = to == 0 ? k : from;
                    to = k + 1;
                }
            }
            first[m] = from;
            weights[m] = Arrays.copyOfRange(row, from, to);
        }
    }

    static double mel(double hz) {
        return 1127.0 * Math.log(1 + hz / 700.0);
    }

    int bins() {
        return first.length;
    }

    int firstBin(int filter) {
        return first[filter];
    }

    /** Weights of the bins from {@link #firstBin} on; empty where a filter falls between two FFT bins. */
    float[] weights(int filter) {
        return weights[filter];
    }
}
