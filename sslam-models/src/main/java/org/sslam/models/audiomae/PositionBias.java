package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;

/**
 * The bias that a window's scores get from the distance of query and key, told by a small network.
 *
 * <pre>
 * d = place of query - place of key, in time and frequency        x = sign(d) ln(1 + |d|)
 * bias = dropout( fc2( dropout( relu( fc1(x) ) ) ) )              one number a head
 * </pre>
 *
 * <p>Children {@code fc1} (hidden, 2) and {@code fc2} (heads, hidden). The dropout acts in pre-training too. Source: Liu
 * et al., "Swin Transformer V2", section 3.3; public Audio-MAE code.
 */
final class PositionBias extends Module {
    private final Linear fc1;
    private final Linear fc2;
    private final NDArray distances;
    private final int cells;
    private final int heads;
    private final float dropout;

    /**
     * @param window whose cells are paired
     * @param heads attention heads
     * @param hidden width inside the network
     * @param dropout share of zeros in training
     */
    PositionBias(Init init, ShiftedWindow window, int heads, int hidden, double dropout) {
        this.fc1 = child("fc1", Linear.xavier(init, 2, hidden));
        this.fc2 = child("fc2", Linear.xavier(init, hidden, heads));
        this.cells = window.cells();
        this.heads = heads;
        this.dropout = (float) dropout;
        this.distances = init.values(distances(window), (long) cells * cells, 2);
    }

    /** Signed logarithmic distances of all pairs in a window, (n * n, 2), the query's number running slower. */
    static float[] distances(ShiftedWindow window) {
        int n = window.cells();
        int bands = window.bands();
        float[] pairs = new float[n * n * 2];
        for (int query = 0; query < n; query++) {
            for (int key = 0; key < n; key++) {
                int at = (query * n + key) * 2;
                pairs[at] = logarithmic(query / bands - key / bands);
                pairs[at + 1] = logarithmic(query % bands - key % bands);
            }
        }
        return pairs;
    }

    /**
     * The bias of every head.
     *
     * @param owner array whose manager gets the result
     * @param train whether dropout acts
     * @return (1, H, n, n)
     */
    NDArray forward(Ops ops, NDArray owner, boolean train) {
        try (NDArray hidden = fc1.forward(ops, distances);
                NDArray active = hidden.getNDArrayInternal().relu();
                NDArray kept = dropped(active, train);
                NDArray each = fc2.forward(ops, kept);
                NDArray biasPH = dropped(each, train);
                NDArray biasHP = biasPH.transpose()) {
            NDArray bias = biasHP.reshape(new Shape(1, heads, cells, cells));
            bias.attach(owner.getManager());
            return bias;
        }
    }

    /** The same array where nothing is dropped; closing it twice does no harm. */
    private NDArray dropped(NDArray x, boolean train) {
        return train && dropout > 0
                ? x.getNDArrayInternal().dropout(x, dropout, true).singletonOrThrow()
                : x;
    }

    private static float logarithmic(int distance) {
        return (float) (Math.signum(distance) * Math.log1p(Math.abs(distance)));
    }
}
