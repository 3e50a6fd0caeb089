package org.sslam.eval.analysis;

import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Projection-weighted canonical correlation of two sets of features over the same samples.
 *
 * <pre>
 * A = Sxx^(-1/2) Sxy Syy^(-1/2) = U S V^T        rho_i = S_ii, the canonical correlations
 * pwcca = sum_i alpha_i rho_i                    alpha_i = how much of X its i-th direction carries, sum 1
 * </pre>
 *
 * <p>A direction's sign is free. The public variant adds the features' means to directions, so its weights depend on the
 * signs that its linear algebra happens to choose, by some per cent; the definition's do not. Here the entry of largest
 * magnitude is positive, whatever the machine.
 *
 * <p>Weighted by the side with fewer features, X where both have as many, and therefore not symmetric. Source: Morcos et
 * al., "Insights on representational similarity in neural networks with canonical correlation", 2018; public code
 * svcca-jax.
 */
public final class Pwcca {
    private static final double RANK_TOLERANCE = 1e-12;

    private Pwcca() {}

    /** How the weights of directions are formed. */
    public enum Variant {
        /** As the public code does: directions without the inverse root, and a projection of uncentred features. */
        PUBLIC,
        /** As the definition says: unit canonical variates, centred features. */
        DEFINITION
    }

    /**
     * A comparison.
     *
     * @param value the weighted correlation, at most 1
     * @param correlations canonical correlations, falling
     * @param weights of the correlations, sum 1
     */
    public record Result(double value, double[] correlations, double[] weights) {}

    /** One set of features, prepared for many comparisons. */
    public static final class Side {
        private final RealMatrix raw;
        private final RealMatrix centred;
        private final RealMatrix inverseRoot;

        /**
         * @param features (features, samples)
         * @throws IllegalArgumentException if there are not more samples than features, or features do not vary
         */
        public Side(double[][] features) {
            if (features[0].length <= features.length) {
                throw new IllegalArgumentException("PWCCA needs more samples than features: " + features[0].length
                        + " samples of " + features.length + " features; take more clips, or more tokens of each");
            }
            this.raw = MatrixUtils.createRealMatrix(features);
            this.centred = MatrixUtils.createRealMatrix(centred(features));
            this.inverseRoot = inverseRoot(covariance(centred, centred));
        }

        private int features() {
            return raw.getRowDimension();
        }
    }

    /** Compares two sets of features, (features, samples) each, of the same samples. */
    public static Result of(double[][] x, double[][] y, Variant variant) {
        return of(new Side(x), new Side(y), variant);
    }

    /**
     * Compares two sets of features.
     *
     * @throws IllegalArgumentException if their samples are not equally many
     */
    public static Result of(Side x, Side y, Variant variant) {
        return of(x, y, variant, index -> 1);
    }

    /**
     * The same with other signs of the directions, which no routine has to agree on; they matter to {@link Variant#PUBLIC}.
     *
     * @param signs by number of the direction: 1, or -1 to turn it round
     */
    static Result of(Side x, Side y, Variant variant, IntUnaryOperator signs) {
        if (x.raw.getColumnDimension() != y.raw.getColumnDimension()) {
            throw new IllegalArgumentException("PWCCA compares features of the same samples, not of "
                    + x.raw.getColumnDimension() + " and " + y.raw.getColumnDimension());
        }
        if (y.features() < x.features()) {
            return of(y, x, variant, signs);
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(
                x.inverseRoot.multiply(covariance(x.centred, y.centred)).multiply(y.inverseRoot));
        RealMatrix u = signed(svd.getU(), signs);
        double[] weights = variant == Variant.PUBLIC ? publicWeights(u, x) : definedWeights(u, x);
        double[] correlations = svd.getSingularValues();
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
            value += weights[i] * correlations[i];
        }
        return new Result(value, correlations, weights);
    }

    /** Columns whose entry of largest magnitude is positive, times the signs: what a routine chose has no say. */
    private static RealMatrix signed(RealMatrix u, IntUnaryOperator signs) {
        for (int i = 0; i < u.getColumnDimension(); i++) {
            RealVector column = u.getColumnVector(i);
            double largest = Math.abs(column.getMinValue()) > column.getMaxValue() ? -1 : 1;
            u.setColumnVector(i, column.mapMultiply(largest * signs.applyAsInt(i)));
        }
        return u;
    }

    private static double[] publicWeights(RealMatrix u, Side x) {
        RealMatrix directions = u.transpose().multiply(x.centred);
        for (int i = 0; i < directions.getRowDimension(); i++) {
            double mean = mean(x.raw.getRow(i));
            for (int s = 0; s < directions.getColumnDimension(); s++) {
                directions.addToEntry(i, s, mean);
            }
        }
        orthonormalise(directions);
        return normalised(directions.multiply(x.raw.transpose()));
    }

    /** Gram and Schmidt's way, each step twice against rounding: the thin QR decomposition's Q up to signs. */
    private static void orthonormalise(RealMatrix rows) {
        for (int i = 0; i < rows.getRowDimension(); i++) {
            RealVector row = rows.getRowVector(i);
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < i; before++) {
                    RealVector other = rows.getRowVector(before);
                    row = row.subtract(other.mapMultiply(row.dotProduct(other)));
                }
            }
            rows.setRowVector(i, row.mapDivide(row.getNorm()));
        }
    }

    private static double[] definedWeights(RealMatrix u, Side x) {
        RealMatrix variates = u.transpose().multiply(x.inverseRoot).multiply(x.centred);
        for (int i = 0; i < variates.getRowDimension(); i++) {
            double length = variates.getRowVector(i).getNorm();
            variates.setRowVector(i, variates.getRowVector(i).mapDivide(length));
        }
        return normalised(variates.multiply(x.centred.transpose()));
    }

    /** Sums of magnitudes of rows, divided by their sum. */
    private static double[] normalised(RealMatrix projections) {
        double[] sums = new double[projections.getRowDimension()];
        double total = 0;
        for (int i = 0; i < sums.length; i++) {
            sums[i] = projections.getRowVector(i).getL1Norm();
            total += sums[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= total;
        }
        return sums;
    }

    private static RealMatrix covariance(RealMatrix centredX, RealMatrix centredY) {
        return centredX.multiply(centredY.transpose()).scalarMultiply(1.0 / (centredX.getColumnDimension() - 1));
    }

    /** The inverse root of a covariance; directions without variance count as none. */
    private static RealMatrix inverseRoot(RealMatrix covariance) {
        EigenDecomposition eigen = new EigenDecomposition(covariance);
        double[] values = eigen.getRealEigenvalues();
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        if (!(largest > 0) || Double.isInfinite(largest)) {
            throw new IllegalArgumentException("features that do not vary, or are not finite, correlate with nothing");
        }
        double[] inverse = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            inverse[i] = values[i] > RANK_TOLERANCE * largest ? 1 / Math.sqrt(values[i]) : 0;
        }
        return eigen.getV()
                .multiply(MatrixUtils.createRealDiagonalMatrix(inverse))
                .multiply(eigen.getVT());
    }

    private static double[][] centred(double[][] rows) {
        double[][] centred = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double mean = mean(rows[i]);
            centred[i] = rows[i].clone();
            for (int s = 0; s < centred[i].length; s++) {
                centred[i][s] -= mean;
            }
        }
        return centred;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
