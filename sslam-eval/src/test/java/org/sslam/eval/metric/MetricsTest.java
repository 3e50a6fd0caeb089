package org.sslam.eval.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetricsTest {
    /** Expected values: scikit-learn 1.9.1, average_precision_score and roc_auc_score on these eight clips. */
    @Test
    void tiesAreOneStepAndHalfAWin() {
        float[] scores = {.1f, .4f, .4f, .4f, .8f, .8f, .9f, 0f};
        boolean[] targets = {false, true, false, false, true, false, false, true};
        assertEquals(0.3472222222222222, AveragePrecision.of(scores, targets), 1e-15);
        assertEquals(0.36666666666666664, Auc.of(scores, targets), 1e-15);
    }

    @Test
    void signedZerosTieAndNegativesRankBelow() {
        boolean[] targets = {true, false, false};
        assertEquals(0.75, Auc.of(new float[] {-0f, 0f, -3f}, targets), 0);
        assertEquals(1, Auc.of(new float[] {-1f, -2f, Float.NEGATIVE_INFINITY}, targets), 0);
    }

    @Test
    void classesWithoutPositivesAreLeftOutOfTheMean() {
        float[][] scores = {{.9f, .1f}, {.2f, .8f}};
        boolean[][] targets = {{true, false}, {false, false}};
        ClassScores figures = AveragePrecision.perClass(scores, targets);
        assertArrayEquals(new double[] {1, Double.NaN}, figures.byClass());
        assertEquals(1, figures.mean());
        assertEquals(1, figures.judged());
        assertTrue(Double.isNaN(Auc.of(new float[] {1, 2}, new boolean[] {true, true})));
        assertTrue(Double.isNaN(new ClassScores(new double[] {Double.NaN}).mean()));
    }

    @Test
    void dPrimeOfKnownAreas() {
        assertEquals(0, DPrime.of(0.5), 1e-12);
        assertEquals(Math.sqrt(2), DPrime.of(0.8413447460685429), 1e-9);
        assertEquals(Double.POSITIVE_INFINITY, DPrime.of(1));
    }

    @Test
    void confusionCountsRecallAndAccuracy() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0, 1, 1, 1}, new int[] {0, 1, 1, 1, 0}, 3);
        assertEquals(1, matrix.count(1, 0));
        assertEquals(0.5, matrix.recall(0));
        assertEquals(0.6, matrix.accuracy());
        assertTrue(Double.isNaN(matrix.recall(2)));
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(new int[] {3}, new int[] {0}, 3));
    }

    @Test
    void badInputIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Auc.of(new float[1], new boolean[2]));
        IllegalArgumentException nan = assertThrows(
                IllegalArgumentException.class, () -> AveragePrecision.of(new float[] {0, Float.NaN}, new boolean[2]));
        assertEquals("the score of clip 1 is NaN", nan.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Accuracy.of(new int[0], new int[0]));
    }
}
