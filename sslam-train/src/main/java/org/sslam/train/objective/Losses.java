package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of one batch by name, as sums over elements, and the number they are divided by in the end.
 *
 * <p>Sums, not means: gradients of several batches and processes add up, and one division by the total sample size ends
 * the step. Source: fairseq's criterion and trainer.
 */
public final class Losses {
    private final Map<String, NDArray> sums = new LinkedHashMap<>();
    private final double sampleSize;

    /**
     * @param sampleSize S, the number of masked tokens of the batch
     */
    public Losses(double sampleSize) {
        this.sampleSize = sampleSize;
    }

    /** Adds a term: its sum over elements, a scalar that carries a graph. */
    public void add(String name, NDArray sum) {
        sums.put(name, sum);
    }

    /** Every term's sum by name. */
    public Map<String, NDArray> sums() {
        return sums;
    }

    /** S. */
    public double sampleSize() {
        return sampleSize;
    }

    /** The sum of all terms: what is back-propagated. */
    public NDArray total() {
        NDArray total = null;
        for (NDArray term : sums.values()) {
            total = total == null ? term : total.add(term);
        }
        if (total == null) {
            throw new IllegalStateException("no loss term is switched on");
        }
        return total;
    }
}
