package org.sslam.eval.probe;

/**
 * Shifts and scales each feature to mean 0 and standard deviation 1 over the rows it was fitted on.
 *
 * <p>Population variance; a feature that is constant up to rounding keeps the scale 1. Source: scikit-learn
 * {@code StandardScaler}.
 */
final class Standardizer {
    private static final double EPSILON = Math.ulp(1.0);

    private final double[] mean;
    private final double[] scale;

    private Standardizer(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** Learns mean and scale of each column. */
    static Standardizer fit(Features training) {
        int rows = training.rows();
        double[] mean = new double[training.columns()];
        double[] scale = new double[training.columns()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += training.get(i, j) / rows;
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < mean.length; j++) {
                double centred = training.get(i, j) - mean[j];
                scale[j] += centred * centred / rows;
            }
        }
        for (int j = 0; j < mean.length; j++) {
            double rounding = rows * EPSILON * mean[j];
            boolean constant = scale[j] <= rows * EPSILON * scale[j] + rounding * rounding;
            scale[j] = constant ? 1 : Math.sqrt(scale[j]);
        }
        return new Standardizer(mean, scale);
    }

    /** A standardised copy of the table. */
    Features apply(Features features) {
        if (features.columns() != mean.length) {
            throw new IllegalArgumentException("fitted on " + mean.length + " features, given " + features.columns());
        }
        double[] values = new double[features.values().length];
        for (int i = 0; i < features.rows(); i++) {
            for (int j = 0; j < mean.length; j++) {
                values[i * mean.length + j] = (features.get(i, j) - mean[j]) / scale[j];
            }
        }
        return new Features(features.rows(), mean.length, values);
    }

    double mean(int column) {
        return mean[column];
    }

    double scale(int column) {
        return scale[column];
    }
}
