package org.sslam.audio.augment;

import java.util.SplittableRandom;
import org.sslam.core.random.Draws;

/**
 * Mixes a batch with itself in reversed order, inputs and targets alike; fine-tuning only.
 *
 * <pre>
 * x = lambda x + (1 - lambda) reverse(x)       lambda ~ Beta(alpha, alpha) with a probability, else 1
 * </pre>
 *
 * <p>Source: SSLAM paper, table 7; public code, utils/mixup.py.
 *
 * @param alpha of the Beta distribution
 * @param probability that a batch is mixed
 */
public record Mixup(double alpha, double probability) {
    /** Checks the ranges. */
    public Mixup {
        if (!(alpha > 0) || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "mixup needs alpha > 0 and a probability, not " + alpha + " and " + probability);
        }
    }

    /** One lambda for a batch. */
    public double lambda(SplittableRandom random) {
        return random.nextDouble() < probability ? Draws.beta(random, alpha, alpha) : 1;
    }

    /**
     * Mixes rows with their partners; a new array.
     *
     * @param rows batch rows of equal length, one after the other
     * @param batch number of rows
     */
    public static float[] mix(float[] rows, int batch, double lambda) {
        int width = rows.length / batch;
        float[] mixed = new float[rows.length];
        for (int b = 0; b < batch; b++) {
            int other = (batch - 1 - b) * width;
            for (int i = 0; i < width; i++) {
                mixed[b * width + i] = (float) (lambda * rows[b * width + i] + (1 - lambda) * rows[other + i]);
            }
        }
        return mixed;
    }
}
