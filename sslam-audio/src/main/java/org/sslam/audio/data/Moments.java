package org.sslam.audio.data;

/**
 * Count, mean and sum of squared deviations of many numbers, which can be joined without loss of precision.
 *
 * <p>Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
 */
record Moments(long count, double mean, double squares) {
    static final Moments EMPTY = new Moments(0, 0, 0);

    /** Moments of the first {@code length} values followed by zeros up to {@code count} values. */
    static Moments of(float[] values, int length, long count) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = (count - length) * mean * mean;
        for (int i = 0; i < length; i++) {
            double deviation = values[i] - mean;
            squares += deviation * deviation;
        }
        return new Moments(count, mean, squares);
    }

    Moments plus(Moments other) {
        if (count == 0) {
            return other;
        }
        long total = count + other.count;
        double delta = other.mean - mean;
        return new Moments(
                total,
                mean + delta * other.count / total,
                squares + other.squares + delta * delta * ((double) count * other.count / total));
    }

    double unbiasedStd() {
        return Math.sqrt(squares / (count - 1));
    }
}
