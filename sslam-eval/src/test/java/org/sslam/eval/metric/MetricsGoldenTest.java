package org.sslam.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;

/** The metrics against scikit-learn's, on scores with ties and classes without positives. */
class MetricsGoldenTest {
    private static JsonNode expected;
    private static double tolerance;
    private static float[][] scores;
    private static boolean[][] targets;
    private static int[] labels;

    @BeforeAll
    static void load() {
        Fixture fixture = Golden.fixture("sslam", "metrics");
        expected = fixture.index().path("scalars");
        assertFalse(expected.isEmpty(), "the fixture holds no expected values");
        tolerance = fixture.tolerance("abs", 0);
        assertTrue(tolerance > 0, "the fixture states no tolerance");
        int clips = fixture.config().path("clips").asInt();
        int classes = fixture.config().path("classes").asInt();
        float[] flatScores = fixture.floats("scores");
        long[] flatTargets = fixture.longs("targets");
        long[] single = fixture.longs("single_labels");
        scores = new float[clips][classes];
        targets = new boolean[clips][classes];
        labels = new int[clips];
        for (int i = 0; i < clips; i++) {
            labels[i] = Math.toIntExact(single[i]);
            for (int c = 0; c < classes; c++) {
                scores[i][c] = flatScores[i * classes + c];
                targets[i][c] = flatTargets[i * classes + c] == 1;
            }
        }
    }

    @Test
    void averagePrecision() {
        ClassScores figures = AveragePrecision.perClass(scores, targets);
        assertByClass("ap", figures);
        assertEquals(number("mAP_nanmean"), figures.mean(), tolerance);
    }

    @Test
    void areaUnderTheCurve() {
        ClassScores figures = Auc.perClass(scores, targets);
        assertByClass("auc", figures);
        assertEquals(number("mAUC"), figures.mean(), tolerance);
        assertEquals(number("d_prime"), DPrime.of(figures.mean()), tolerance);
    }

    @Test
    void accuracy() {
        assertEquals(number("accuracy"), Accuracy.of(scores, labels), tolerance);
    }

    private static double number(String name) {
        assertTrue(expected.path(name).isNumber(), "the fixture has no number named " + name);
        return expected.path(name).asDouble();
    }

    private static void assertByClass(String name, ClassScores figures) {
        JsonNode list = expected.path(name);
        double[] actual = figures.byClass();
        assertEquals(list.size(), actual.length, name);
        for (int c = 0; c < actual.length; c++) {
            double wanted = list.get(c).isNull() ? Double.NaN : list.get(c).asDouble();
            assertEquals(wanted, actual[c], tolerance, name + " of class " + c);
        }
    }
}
