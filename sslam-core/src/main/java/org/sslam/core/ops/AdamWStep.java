package org.sslam.core.ops;

/**
 * The numbers of one AdamW update.
 *
 * <pre>
 * g = gradientScale * gradient
 * m = beta1 m + (1 - beta1) g          v = beta2 v + (1 - beta2) g^2
 * p = p (1 - rate * weightDecay) - rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)       CORRECTED
 * p = p (1 - rate * weightDecay) - rate sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps)         UNCORRECTED
 * </pre>
 *
 * @param step t, the number of this update, from 1
 * @param rate learning rate
 * @param epsPlacement which of the two formulas
 * @param gradientScale factor on every gradient (clipping, division by the sample size)
 */
public record AdamWStep(
        long step,
        double rate,
        double beta1,
        double beta2,
        double eps,
        EpsPlacement epsPlacement,
        double weightDecay,
        double gradientScale) {
    /** Factor of the old weights. */
    double keep() {
        return 1 - rate * weightDecay;
    }

    /** Square root of the second moment's bias correction. */
    double secondCorrection() {
        return Math.sqrt(1 - Math.pow(beta2, step));
    }

    /** Factor of m / (sqrt(v) + {@link #scaledEps()}). */
    double rateOnMoments() {
        return -rate * secondCorrection() / (1 - Math.pow(beta1, step));
    }

    /** What is added to the root of the uncorrected second moment. */
    double scaledEps() {
        return epsPlacement == EpsPlacement.CORRECTED ? eps * secondCorrection() : eps;
    }

    /** What is added to the root of the corrected second moment: epsilon as PyTorch's own kernels take it. */
    double correctedEps() {
        return epsPlacement == EpsPlacement.CORRECTED ? eps : eps / secondCorrection();
    }

    /** Factor of the gradient in the first moment. */
    double firstGain() {
        return (1 - beta1) * gradientScale;
    }

    /** Factor of the squared gradient in the second moment. */
    double secondGain() {
        return (1 - beta2) * gradientScale * gradientScale;
    }
}
