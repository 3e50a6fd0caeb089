package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;

/**
 * K vectors a token from the decoder's output: Linear(D, D), GELU, Linear(D, K D).
 *
 * <p>Source: SSLAM paper, appendix C, which leaves the MLP open; this shape is our choice.
 */
public final class MixItHead extends Module {
    private final Linear fc1;
    private final Linear fc2;
    private final int vectors;

    /**
     * @param dim width D
     * @param vectors K
     */
    public MixItHead(Init init, int dim, int vectors) {
        this.fc1 = child("mixit.fc1", Linear.bert(init, dim, dim));
        this.fc2 = child("mixit.fc2", Linear.bert(init, dim, (long) vectors * dim));
        this.vectors = vectors;
    }

    /**
     * Projects decoded rows, clip after clip.
     *
     * @param predictedXD X = B N rows
     * @param clips B
     * @return (B, K, N, D)
     */
    public NDArray forward(Ops ops, NDArray predictedXD, int clips) {
        Shape s = predictedXD.getShape();
        NDArray projected = ops.mlp(
                predictedXD,
                fc1.weight().value(),
                fc1.bias().value(),
                fc2.weight().value(),
                fc2.bias().value());
        return projected.reshape(clips, s.get(0) / clips, vectors, s.get(1)).transpose(0, 2, 1, 3);
    }
}
