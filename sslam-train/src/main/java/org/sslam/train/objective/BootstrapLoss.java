package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;

/**
 * Squared error between a prediction and a teacher's target, as the reference reduces it.
 *
 * <pre>
 * e(x, y) = sum (x - y)^2 / sqrt(D)
 * local   = e(decoder rows, target rows)                     divided by S at the end of the step
 * global  = S e(CLS rows, target rows) / shards              (SUM_PER_SHARD)
 *         = S e(CLS rows, target rows) / rows                (MEAN)
 * </pre>
 *
 * <p>So after the division by S a shard's global loss is the sum over its clones, not their mean: B M times the weight
 * that equation 1 of the paper suggests. Source: SSLAM public code; SSLAM paper, equation 1.
 */
public final class BootstrapLoss {
    private final Ops ops;

    /**
     * @param ops computes the squared errors
     */
    public BootstrapLoss(Ops ops) {
        this.ops = ops;
    }

    /**
     * Summed error between predicted rows and the target rows of their clips.
     *
     * @param predictedRD predictions
     * @param targetND all target rows
     * @param rows which target row belongs to each prediction
     * @param weight factor of the term
     */
    public NDArray term(NDArray predictedRD, NDArray targetND, long[] rows, double weight) {
        double scale = weight / Math.sqrt(predictedRD.getShape().get(1));
        try (NDArray index = Tensors.rows(predictedRD.getManager(), rows);
                NDArray target = ops.takeRows(targetND, index);
                NDArray error = ops.squaredError(predictedRD, target)) {
            return ops.scale(error, scale);
        }
    }

    /** Row numbers of per-clip targets for clones: 0 .. 0, 1 .. 1, ... */
    public static long[] repeated(int clips, int clones) {
        long[] rows = new long[clips * clones];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r / clones;
        }
        return rows;
    }
}
