package org.sslam.audio.feature;

/**
 * Data-set normalisation of log-mels, {@code (x - mean) / (2 std)}: the factor 2 is AST's, kept by its successors.
 *
 * <p>Source: SSLAM paper, tables 7 and 8 (constants per data set).
 *
 * @param mean mean of the data set's log-mel cells
 * @param std standard deviation of the data set's log-mel cells, positive
 */
public record Normalization(double mean, double std) {
    public Normalization {
        if (!Double.isFinite(mean) || !(std > 0) || Double.isInfinite(std)) {
            throw new IllegalArgumentException(
                    "normalisation needs a finite mean and a positive std: " + mean + ", " + std);
        }
    }

    /** Normalises {@code values[from .. to)} in place. */
    public void apply(float[] values, int from, int to) {
        float shift = (float) mean;
        float scale = (float) (1 / (2 * std));
        for (int i = from; i < to; i++) {
            values[i] = (values[i] - shift) * scale;
        }
    }

    /** One value, normalised. */
    public float apply(float value) {
        return (value - (float) mean) * (float) (1 / (2 * std));
    }
}
