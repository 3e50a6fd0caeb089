package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;

/**
 * The source-retention target: in mixed columns, what the teacher says of both sources heard alone; elsewhere, what it
 * says of the clip itself.
 *
 * <pre>
 * Q = A with the mixed columns overwritten by P rolled by one clip
 * target = (A + Q) / 2   or   max(A, Q)
 * </pre>
 *
 * <p>Source: SSLAM paper, section 3.3, equation 4 and table 11; outside mixed regions the public code keeps A.
 */
public final class RetentionTarget {
    private RetentionTarget() {}

    /** How the two sources' features are combined. */
    public enum Combination {
        /** Average of both. */
        MEAN,
        /** Element-wise maximum. */
        MAX
    }

    /**
     * The target of the mixed half.
     *
     * @param wholeBLD A: the teacher's target of each unmixed clip
     * @param partBND P: its target of the mixed columns heard alone, not yet rolled
     * @param mixedTokens token numbers of the mixed columns, ascending
     * @return (B, L, D)
     */
    public static NDArray of(Ops ops, NDArray wholeBLD, NDArray partBND, int[] mixedTokens, Combination combination) {
        Shape s = wholeBLD.getShape();
        int batch = (int) s.get(0);
        long[] rows = new long[batch * mixedTokens.length];
        int n = 0;
        for (int b = 0; b < batch; b++) {
            for (int token : mixedTokens) {
                rows[n++] = b * s.get(1) + token;
            }
        }
        try (NDArray rolled = ops.roll(partBND, 1, 0);
                NDArray rolledRows = rolled.reshape(rows.length, s.get(2));
                NDArray flat = wholeBLD.reshape(batch * s.get(1), s.get(2));
                NDArray index = Tensors.rows(wholeBLD.getManager(), rows);
                NDArray overwritten = ops.placeRows(flat, index, rolledRows);
                NDArray q = overwritten.reshape(s)) {
            if (combination == Combination.MAX) {
                return wholeBLD.maximum(q);
            }
            try (NDArray sum = wholeBLD.add(q)) {
                return ops.scale(sum, 0.5);
            }
        }
    }
}
