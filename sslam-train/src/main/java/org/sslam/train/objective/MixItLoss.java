package org.sslam.train.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;

/**
 * Concept separation by mixture-invariant training: K vectors a token are assigned to the two sources in the best way.
 *
 * <pre>
 * loss = min over a in {1,2}^K of MSE(Z1, sum_{a_k=1} Y_k) + MSE(Z2, sum_{a_k=2} Y_k)
 * </pre>
 *
 * <p>One assignment a clip; MSE is the mean over tokens and channels; an empty group is zero. All 2^K errors come from
 * the K x K inner products, so no assignment is summed out. Bit k of an assignment's number: vector k belongs to source
 * 1. Source: SSLAM paper, appendix C, equation 6.
 */
public final class MixItLoss {
    private MixItLoss() {}

    /**
     * Errors of all assignments.
     *
     * @param ops scales inside the graph
     * @param yBKND projected vectors
     * @param z1BND first source's representation
     * @param z2BND second source's representation
     * @return (B, 2^K)
     */
    public static NDArray assignments(Ops ops, NDArray yBKND, NDArray z1BND, NDArray z2BND) {
        Shape s = yBKND.getShape();
        long batch = s.get(0);
        int k = (int) s.get(1);
        long cells = s.get(2) * s.get(3);
        NDManager manager = yBKND.getManager();
        NDArray y = yBKND.reshape(batch, k, cells);
        NDArray gram = ops.scale(y.batchMatMul(y.transpose(0, 2, 1)), 1.0 / cells);
        NDArray toFirst = Tensors.of(manager, membership(k, 1), new Shape(1, 1 << k, k));
        NDArray toSecond = Tensors.of(manager, membership(k, 0), new Shape(1, 1 << k, k));
        return group(ops, y, gram, z1BND, toFirst).add(group(ops, y, gram, z2BND, toSecond));
    }

    /** The smallest error of each clip, (B). */
    public static NDArray minimum(NDArray assignmentsBA) {
        return assignmentsBA.neg().max(new int[] {1}).neg();
    }

    /** Mean squared error of one source against the sum of its vectors, for every assignment: (B, 2^K). */
    private static NDArray group(Ops ops, NDArray y, NDArray gram, NDArray zBND, NDArray membership) {
        long batch = y.getShape().get(0);
        long cells = y.getShape().get(2);
        NDArray z = zBND.reshape(batch, cells, 1);
        NDArray cross = ops.scale(y.batchMatMul(z), 1.0 / cells).transpose(0, 2, 1);
        NDArray own = ops.scale(z.mul(z).sum(new int[] {1}), 1.0 / cells);
        Shape full = new Shape(
                batch, membership.getShape().get(1), membership.getShape().get(2));
        NDArray member = membership.broadcast(full);
        NDArray square = member.batchMatMul(gram).mul(member).sum(new int[] {2});
        NDArray mixed = ops.scale(member.mul(cross).sum(new int[] {2}), 2);
        return square.sub(mixed).add(own);
    }

    private static float[] membership(int k, int wanted) {
        float[] cells = new float[(1 << k) * k];
        for (int a = 0; a < 1 << k; a++) {
            for (int bit = 0; bit < k; bit++) {
                cells[a * k + bit] = ((a >> bit) & 1) == wanted ? 1 : 0;
            }
        }
        return cells;
    }
}
