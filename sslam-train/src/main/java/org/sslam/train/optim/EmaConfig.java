package org.sslam.train.optim;

import org.sslam.core.config.Key;

/**
 * Decay of the teacher's moving average, annealed linearly.
 *
 * <pre>
 * tau(n) = end - (end - start) (1 - n / anneal)   for n &lt; anneal, else end
 * </pre>
 */
public record EmaConfig(
        @Key(doc = "decay at the first update", value = "0.9998") double startDecay,
        @Key(doc = "decay after annealing", value = "0.99999") double endDecay,
        @Key(doc = "updates over which the decay rises", value = "100000") long annealUpdates) {
    /** Checks the ranges. */
    public EmaConfig {
        if (startDecay < 0 || endDecay > 1 || startDecay > endDecay) {
            throw new IllegalArgumentException(
                    "0 <= startDecay <= endDecay <= 1 must hold, not " + startDecay + " and " + endDecay);
        }
        if (annealUpdates < 0) {
            throw new IllegalArgumentException("annealUpdates must not be negative");
        }
    }

    /** The decay after {@code finishedUpdates} updates. */
    public double decay(long finishedUpdates) {
        if (finishedUpdates >= annealUpdates) {
            return endDecay;
        }
        return endDecay - (endDecay - startDecay) * (1 - (double) finishedUpdates / annealUpdates);
    }
}
