package org.sslam.eval.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sslam.core.UserException;

class FoldedProbeTest {
    private final FoldedProbe probe = new FoldedProbe(new ProbeOptions(1, 1e-8, 1000));

    /** Expected values: scikit-learn 1.9.1, StandardScaler and LogisticRegression(C=1) fitted on the other folds. */
    @Test
    void accuracyOfEachFoldMatches() {
        int[] folds = IntStream.range(0, ProbeData.CLIPS).map(i -> i % 3).toArray();
        ProbeResult result = probe.accuracy(ProbeData.features(), ProbeData.labels(), 4, folds);
        assertEquals("accuracy", result.metric());
        assertEquals(Map.of(0, 0.25, 1, 0.0, 2, 0.25), result.byFold());
        assertEquals(0.5 / 3, result.mean(), 1e-12);
        assertEquals(0.25 / Math.sqrt(3), result.standardDeviation(), 1e-12);
    }

    @Test
    void learnsWhatCanBeLearned() {
        SplittableRandom random = new SplittableRandom(7);
        int clips = 200;
        float[][] features = new float[clips][30];
        int[] labels = new int[clips];
        boolean[][] targets = new boolean[clips][4];
        int[] folds = new int[clips];
        for (int i = 0; i < clips; i++) {
            labels[i] = i % 4;
            targets[i][labels[i]] = true;
            folds[i] = i / 50 + 1;
            for (int j = 0; j < 30; j++) {
                features[i][j] = (float) random.nextDouble() * 2 + (j % 4 == labels[i] ? 1 : 0);
            }
        }
        assertTrue(probe.accuracy(features, labels, 4, folds).mean() > 0.95);
        assertTrue(probe.meanAveragePrecision(features, targets, folds, 1, 2).mean() > 0.95);
        ProbeResult some = probe.accuracy(features, labels, 4, folds, new int[] {3});
        assertEquals(Set.of(3), some.byFold().keySet());
        assertEquals(0, some.standardDeviation());
    }

    @Test
    void foldsThatCannotBeProbedAreNamed() {
        int[] folds = IntStream.range(0, ProbeData.CLIPS).map(i -> i % 2).toArray();
        UserException empty = assertThrows(
                UserException.class,
                () -> probe.accuracy(ProbeData.features(), ProbeData.labels(), 4, folds, new int[] {5}));
        assertTrue(empty.getMessage().startsWith("fold 5 holds 0 of 24 clips"), empty.getMessage());
        int[] byFold = folds.clone();
        UserException single =
                assertThrows(UserException.class, () -> probe.accuracy(ProbeData.features(), byFold, 2, folds));
        assertTrue(single.getMessage().contains("leaving out fold 0 leaves no other"), single.getMessage());
    }

    @Test
    void badFeaturesAreRefused() {
        float[][] features = ProbeData.features();
        features[3][1] = Float.NaN;
        assertEquals(
                "a feature of clip 3 is NaN",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> probe.accuracy(features, ProbeData.labels(), 4, ProbeData.labels()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ProbeOptions.ofC(0));
        ProbeResult result = new ProbeResult("accuracy", new TreeMap<>(Map.of(1, 1.0)));
        assertThrows(UnsupportedOperationException.class, () -> result.byFold().put(2, 0.5));
    }
}
