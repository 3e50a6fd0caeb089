package org.sslam.eval.metric;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Sensitivity index {@code d' = sqrt(2) * Phi^-1(AUC)}: how many standard deviations apart two unit normal score
 * distributions with this AUC lie.
 *
 * <p>Source: AudioSet evaluation convention (mean of the classes' AUC first, then the transform).
 */
public final class DPrime {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);

    private DPrime() {}

    /**
     * d' of a (mean) AUC.
     *
     * @param auc in [0, 1]; 0.5 gives 0, 1 gives positive infinity
     * @return NaN for NaN
     */
    public static double of(double auc) {
        return Double.isNaN(auc) ? Double.NaN : Math.sqrt(2) * STANDARD_NORMAL.inverseCumulativeProbability(auc);
    }
}
