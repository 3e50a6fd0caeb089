package org.sslam.eval.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks and their ragged ends, and the fit of tables wider than they are long. */
class ProductTest {
    @Test
    void blocksAgreeWithTheDefinition() {
        int rows = 3;
        int inner = 131;
        int columns = 517;
        double[] left = random(rows * inner, 1);
        double[] right = random(inner * columns, 2);
        double[] out = random(rows * columns, 3);
        Product.multiply(left, right, out, rows, inner, columns);
        double[] expected = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < inner; k++) {
                for (int c = 0; c < columns; c++) {
                    expected[r * columns + c] += left[r * inner + k] * right[k * columns + c];
                }
            }
        }
        assertArrayEquals(expected, out, 1e-11);
    }

    @Test
    void wideTablesReachTheOptimumInFewIterations() {
        int rows = 40;
        int columns = 300;
        double[] values = random(rows * columns, 4);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 5;
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] += 5 * Math.sin(0.1 * j * (i % 7));
            }
        }
        Features features = new Features(rows, columns, values);
        Features standardised = Standardizer.fit(features).apply(features);
        LogisticModel model = LogisticRegression.fit(standardised, labels, 5, ProbeOptions.ofC(0.01));
        assertTrue(model.gradientNorm() <= 1e-5, "gradient " + model.gradientNorm());
        assertTrue(model.iterations() <= 60, model.iterations() + " iterations");
        double sum = 0;
        for (int c = 0; c < 5; c++) {
            sum += model.intercept(c);
        }
        assertEquals(0, sum, 1e-9, "intercepts sum to zero, as those of a symmetric fit do");
    }

    private static double[] random(int length, long seed) {
        return new SplittableRandom(seed).doubles(length, -1, 1).toArray();
    }
}
