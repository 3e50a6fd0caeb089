package org.sslam.eval.probe;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * The inverse of a logistic regression's Hessian where all classes are equally likely, {@code (a X'X + I)^-1} for the
 * weights of each class and {@code 1 / (a rows)} for its intercept.
 *
 * <p>Embeddings are strongly correlated; with this as the first guess of L-BFGS the fit takes tens of evaluations
 * instead of many hundreds. With fewer rows than columns the inverse comes from the smaller matrix
 * {@code I + a X X'} (Woodbury identity).
 */
final class Curvature implements UnaryOperator<double[]> {
    private static final double SYMMETRY_TOLERANCE = 1e-9;

    private final Features rowsByColumns;
    private final Features columnsByRows;
    private final int classes;
    private final double a;
    private final boolean small;
    private final CholeskyDecomposition factors;

    /**
     * Factors the matrix once.
     *
     * @param columnsByRows the same features, transposed
     * @param a C times the variance p (1 - p) of one class's probability
     */
    Curvature(Features rowsByColumns, Features columnsByRows, int classes, double a) {
        this.rowsByColumns = rowsByColumns;
        this.columnsByRows = columnsByRows;
        this.classes = classes;
        this.a = a;
        this.small = rowsByColumns.rows() < rowsByColumns.columns();
        Features left = small ? rowsByColumns : columnsByRows;
        Features right = small ? columnsByRows : rowsByColumns;
        int size = left.rows();
        double[] products = new double[Math.multiplyExact(size, size)];
        Product.multiply(left.values(), right.values(), products, size, left.columns(), size);
        double[][] matrix = new double[size][];
        for (int i = 0; i < size; i++) {
            matrix[i] = Arrays.copyOfRange(products, i * size, (i + 1) * size);
            for (int j = 0; j < size; j++) {
                matrix[i][j] = a * matrix[i][j] + (i == j ? 1 : 0);
            }
        }
        factors = new CholeskyDecomposition(
                new Array2DRowRealMatrix(matrix, false),
                SYMMETRY_TOLERANCE,
                CholeskyDecomposition.DEFAULT_ABSOLUTE_POSITIVITY_THRESHOLD);
    }

    /** Applies the inverse to a gradient over [weights, classes x columns; intercepts, classes]. */
    @Override
    public double[] apply(double[] gradient) {
        int rows = rowsByColumns.rows();
        int columns = rowsByColumns.columns();
        double[] result;
        if (small) {
            double[] scores = new double[classes * rows];
            Product.multiply(gradient, columnsByRows.values(), scores, classes, columns, rows);
            double[] back = new double[gradient.length];
            Product.multiply(solve(scores, rows), rowsByColumns.values(), back, classes, rows, columns);
            result = gradient.clone();
            for (int w = 0; w < classes * columns; w++) {
                result[w] -= a * back[w];
            }
        } else {
            result = Arrays.copyOf(solve(gradient, columns), gradient.length);
        }
        for (int k = 0; k < classes; k++) {
            result[classes * columns + k] = gradient[classes * columns + k] / (a * rows);
        }
        return result;
    }

    /** Solves for each of the first {@code classes} rows of {@code size} values. */
    private double[] solve(double[] rowsOfValues, int size) {
        double[][] right = new double[size][classes];
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < size; i++) {
                right[i][k] = rowsOfValues[k * size + i];
            }
        }
        double[][] solved = factors.getSolver()
                .solve(new Array2DRowRealMatrix(right, false))
                .getData();
        double[] flat = new double[classes * size];
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < size; i++) {
                flat[k * size + i] = solved[i][k];
            }
        }
        return flat;
    }
}
