package org.sslam.eval.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Optima against scikit-learn 1.9.1: StandardScaler, then LogisticRegression(C, tol=1e-13, max_iter=100000), on the
 * features of {@link ProbeData}.
 */
class LogisticRegressionTest {
    private static final double TOLERANCE = 1e-6;
    private static final ProbeOptions EXACT = new ProbeOptions(1, 1e-9, 1000);

    private final Features standardised = standardised();

    @Test
    void standardiserMatches() {
        Standardizer standardizer = Standardizer.fit(Features.of(ProbeData.features(), ProbeData.allRows()));
        double[] mean = {-0.041666666666666664, -0.14583333333333334, -0.07291666666666667, -0.17708333333333334, 3.5};
        double[] scale = {1.0474837574980445, 1.4122172775068607, 1.0836838375292963, 1.3218499636452272, 1.0};
        for (int j = 0; j < mean.length; j++) {
            assertEquals(mean[j], standardizer.mean(j), 1e-12);
            assertEquals(scale[j], standardizer.scale(j), 1e-12);
        }
    }

    @Test
    void multinomialOptimumMatches() {
        LogisticModel model = LogisticRegression.fit(standardised, ProbeData.labels(), 4, EXACT);
        assertModel(model, new double[][] {
            {-0.184878182, 0.129583536, 0.026685096, 0.164245419, 0.0, 0.503906135},
            {0.010666413, 0.121163247, -0.196683089, 0.548982407, 0.0, -0.408825176},
            {-0.228439759, -0.335382668, -0.264659591, -0.437305527, 0.0, 0.360301427},
            {0.402651528, 0.084635885, 0.434657583, -0.275922299, 0.0, -0.455382385}
        });
    }

    @Test
    void strongAndWeakPenaltiesMatch() {
        assertModel(
                LogisticRegression.fit(standardised, ProbeData.labels(), 4, new ProbeOptions(0.01, 1e-9, 1000)),
                new double[][] {
                    {-0.006586191, 0.015015303, -0.001172325, 0.019791679, 0.0, 0.347167915},
                    {0.005842164, 0.013530584, -0.012809221, 0.030154053, 0.0, -0.346520985},
                    {-0.020948856, -0.035801739, -0.014730039, -0.033318717, 0.0, 0.346072701},
                    {0.021692883, 0.007255852, 0.028711585, -0.016627015, 0.0, -0.346719632}
                });
        assertModel(
                LogisticRegression.fit(standardised, ProbeData.labels(), 4, new ProbeOptions(100, 1e-7, 1000)),
                new double[][] {
                    {-0.239449516, 0.170061545, 0.035349163, 0.151284766, 0.0, 0.590577272},
                    {-0.059772787, 0.084462835, -0.233034486, 0.754113129, 0.0, -0.465185331},
                    {-0.281531804, -0.337851905, -0.330964989, -0.552615523, 0.0, 0.398122509},
                    {0.580754107, 0.083327524, 0.528650312, -0.352782372, 0.0, -0.52351445}
                });
    }

    @Test
    void binaryOptimumMatches() {
        int[] labels =
                IntStream.range(0, ProbeData.CLIPS).map(i -> i % 3 == 0 ? 1 : 0).toArray();
        LogisticModel model = LogisticRegression.fit(standardised, labels, 2, EXACT);
        assertModel(model, new double[][] {
            {0, 0, 0, 0, 0, 0},
            {-0.133257411, -0.041377235, -0.573981344, 0.161491877, 0.0, -0.771067737}
        });
    }

    @Test
    void oneVersusRestOptimaMatch() {
        LogisticModel model = LogisticRegression.fit(standardised, ProbeData.targets(), EXACT);
        assertModel(model, new double[][] {
            {-0.133257411, -0.041377235, -0.573981344, 0.161491877, 0.0, -0.771067737},
            {-0.196699118, -0.363938922, 0.135854014, -0.01647613, 0.0, -0.351261234},
            {0.57408244, -0.415009331, 0.38460664, -0.890356612, 0.0, -1.518609794}
        });
    }

    @Test
    void defaultToleranceIsWithinATenThousandth() {
        LogisticModel exact = LogisticRegression.fit(standardised, ProbeData.labels(), 4, EXACT);
        LogisticModel usual = LogisticRegression.fit(standardised, ProbeData.labels(), 4, ProbeOptions.ofC(1));
        for (int j = 0; j < ProbeData.FEATURES; j++) {
            assertEquals(exact.weight(2, j), usual.weight(2, j), 1e-4);
        }
        assertTrue(usual.gradientNorm() <= 1e-5);
    }

    @Test
    void classesThatDoNotOccurAreNeverPredicted() {
        int[] labels = IntStream.of(ProbeData.labels()).map(c -> c * 2 + 1).toArray();
        LogisticModel spread = LogisticRegression.fit(standardised, labels, 9, EXACT);
        LogisticModel dense = LogisticRegression.fit(standardised, ProbeData.labels(), 4, EXACT);
        float[] wide = spread.scores(standardised)[5];
        float[] narrow = dense.scores(standardised)[5];
        assertEquals(Float.NEGATIVE_INFINITY, wide[0]);
        assertEquals(Float.NEGATIVE_INFINITY, wide[8]);
        assertArrayEquals(narrow, new float[] {wide[1], wide[3], wide[5], wide[7]}, 1e-7f);
    }

    @Test
    void separableLabelsConvergeAndOneSidedOnesAreConstant() {
        boolean[][] targets = new boolean[ProbeData.CLIPS][3];
        for (int i = 0; i < ProbeData.CLIPS; i++) {
            targets[i][0] = standardised.get(i, 0) > 0;
            targets[i][2] = true;
        }
        LogisticModel model = LogisticRegression.fit(standardised, targets, new ProbeOptions(100, 1e-6, 500));
        assertTrue(model.gradientNorm() <= 1e-6, "gradient " + model.gradientNorm());
        float[][] scores = model.scores(standardised);
        for (int i = 0; i < ProbeData.CLIPS; i++) {
            assertEquals(targets[i][0], scores[i][0] > 0);
            assertEquals(Float.NEGATIVE_INFINITY, scores[i][1]);
            assertEquals(Float.POSITIVE_INFINITY, scores[i][2]);
        }
    }

    @Test
    void aSingleClassIsRefused() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> LogisticRegression.fit(standardised, new int[ProbeData.CLIPS], 4, EXACT));
        assertEquals("labels must hold at least two of the classes 0 to 3, but hold [0]", refusal.getMessage());
    }

    private static Features standardised() {
        Features features = Features.of(ProbeData.features(), ProbeData.allRows());
        return Standardizer.fit(features).apply(features);
    }

    /** Rows: weights of a class, then its intercept. */
    private static void assertModel(LogisticModel model, double[][] expected) {
        for (int c = 0; c < expected.length; c++) {
            for (int j = 0; j < ProbeData.FEATURES; j++) {
                assertEquals(expected[c][j], model.weight(c, j), TOLERANCE, "class " + c + ", feature " + j);
            }
            assertEquals(expected[c][ProbeData.FEATURES], model.intercept(c), TOLERANCE, "intercept " + c);
        }
    }
}
