package org.sslam.eval.probe;

import java.util.stream.IntStream;

/**
 * Matrix product in double precision, in cache-sized blocks over all cores.
 *
 * <p>Each cell is summed in one fixed order, so the result does not depend on the number of cores.
 */
final class Product {
    private static final int COLUMN_BLOCK = 256;
    private static final int INNER_BLOCK = 64;

    private Product() {}

    /**
     * {@code out = left * right}.
     *
     * @param left rows x inner
     * @param right inner x columns
     * @param out rows x columns, overwritten
     */
    static void multiply(double[] left, double[] right, double[] out, int rows, int inner, int columns) {
        int blocks = (columns + COLUMN_BLOCK - 1) / COLUMN_BLOCK;
        IntStream.range(0, blocks).parallel().forEach(b -> {
            int from = b * COLUMN_BLOCK;
            block(left, right, out, rows, inner, columns, from, Math.min(columns, from + COLUMN_BLOCK));
        });
    }

    private static void block(
            double[] left, double[] right, double[] out, int rows, int inner, int columns, int from, int to) {
        double[] sums = new double[rows * COLUMN_BLOCK];
        int width = to - from;
        for (int start = 0; start < inner; start += INNER_BLOCK) {
            int end = Math.min(inner, start + INNER_BLOCK);
            for (int r = 0; r < rows; r++) {
                int k = start;
                for (; k + 4 <= end; k += 4) {
                    addFour(left, r * inner + k, right, k * columns + from, columns, sums, r * COLUMN_BLOCK, width);
                }
                for (; k < end; k++) {
                    double weight = left[r * inner + k];
                    for (int c = 0; c < width; c++) {
                        sums[r * COLUMN_BLOCK + c] += weight * right[k * columns + from + c];
                    }
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(sums, r * COLUMN_BLOCK, out, r * columns + from, width);
        }
    }

    /** Adds four weighted rows at once: a quarter of the loads and stores of one row after another. */
    private static void addFour(
            double[] left, int weightAt, double[] right, int rowAt, int stride, double[] sums, int sumAt, int width) {
        double w0 = left[weightAt];
        double w1 = left[weightAt + 1];
        double w2 = left[weightAt + 2];
        double w3 = left[weightAt + 3];
        int row1 = rowAt + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        for (int c = 0; c < width; c++) {
            sums[sumAt + c] +=
                    w0 * right[rowAt + c] + w1 * right[row1 + c] + w2 * right[row2 + c] + w3 * right[row3 + c];
        }
    }
}
