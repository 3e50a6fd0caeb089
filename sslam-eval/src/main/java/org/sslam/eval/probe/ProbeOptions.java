package org.sslam.eval.probe;

/**
 * How a linear probe is fitted.
 *
 * @param c inverse strength of the L2 penalty, scikit-learn's convention (small = strong)
 * @param tolerance Euclidean norm of the gradient at which the fit is done; it bounds the weights' distance from the
 *     optimum
 * @param maxIterations L-BFGS iterations after which the fit ends anyway
 */
public record ProbeOptions(double c, double tolerance, int maxIterations) {
    /** Checks the ranges. */
    public ProbeOptions {
        if (!(c > 0) || !(tolerance > 0) || maxIterations < 1) {
            throw new IllegalArgumentException("a probe needs c > 0, tolerance > 0 and maxIterations >= 1, not c = " + c
                    + ", tolerance = " + tolerance + ", maxIterations = " + maxIterations);
        }
    }

    /** The probe of a given C, fitted until its weights are right to 1e-5. */
    public static ProbeOptions ofC(double c) {
        return new ProbeOptions(c, 1e-5, 2000);
    }
}
