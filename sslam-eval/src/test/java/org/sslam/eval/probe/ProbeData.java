package org.sslam.eval.probe;

import java.util.stream.IntStream;

/** A small table by formula, exact in single precision, so that other software can repeat it. */
final class ProbeData {
    static final int CLIPS = 24;
    static final int FEATURES = 5;

    private ProbeData() {}

    /** {@code ((i^2 (j+3) + 7ij + j) mod 17) / 4 - 2}; the last column is constant. */
    static float[][] features() {
        float[][] features = new float[CLIPS][FEATURES];
        for (int i = 0; i < CLIPS; i++) {
            for (int j = 0; j < FEATURES - 1; j++) {
                features[i][j] = ((i * i * (j + 3) + 7 * i * j + j) % 17) / 4f - 2f;
            }
            features[i][FEATURES - 1] = 3.5f;
        }
        return features;
    }

    static int[] labels() {
        return IntStream.range(0, CLIPS).map(i -> (i * i + i / 3) % 4).toArray();
    }

    static boolean[][] targets() {
        boolean[][] targets = new boolean[CLIPS][];
        for (int i = 0; i < CLIPS; i++) {
            targets[i] = new boolean[] {i % 3 == 0, i % 5 < 2, i * 7 % 4 == 1};
        }
        return targets;
    }

    static int[] allRows() {
        return IntStream.range(0, CLIPS).toArray();
    }
}
