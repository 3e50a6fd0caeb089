package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.core.ops.Ops;

/**
 * Regression targets of a teacher: the feed-forward outputs of its last K blocks, instance-normalised over tokens,
 * averaged, layer-normalised.
 *
 * <pre>
 * target = LayerNorm( 1/K sum_k InstanceNorm(h_k) )        both norms without weights, eps 1e-5
 * </pre>
 *
 * <p>Blocks are added as they are computed, so no layer outlives its block. The arrays are targets: they carry no
 * gradient. Source: data2vec 2.0 / EAT make_targets; SSLAM paper, section 3.1.
 */
public final class TargetSum implements AutoCloseable {
    private static final double EPS = 1e-5;

    private final int layers;
    private NDArray sum;

    /**
     * @param layers K, the number of blocks that will be added
     */
    public TargetSum(int layers) {
        this.layers = layers;
    }

    /**
     * Adds one block's feed-forward output.
     *
     * @param ffnBND without CLS
     */
    public void add(Ops ops, NDArray ffnBND) {
        if (sum == null) {
            sum = ops.instanceNorm(ffnBND, EPS);
        } else {
            ops.addInstanceNorm(sum, ffnBND, EPS);
        }
    }

    /** The target (B, N, D), owned by the caller. */
    public NDArray target(Ops ops) {
        try (NDArray mean = ops.scale(sum, 1.0 / layers)) {
            return ops.layerNorm(mean, EPS);
        }
    }

    @Override
    public void close() {
        if (sum != null) {
            sum.close();
        }
    }

    /** A block's feed-forward output without its CLS row. */
    public static NDArray withoutCls(NDArray ffnBND) {
        return ffnBND.get(new NDIndex(":, 1:"));
    }
}
