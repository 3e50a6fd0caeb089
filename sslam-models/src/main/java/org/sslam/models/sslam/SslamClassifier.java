package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;

/**
 * The encoder with a classification head: pooled features, layer norm, linear map; names as in the fine-tuned
 * checkpoints without their prefix. Source: SSLAM paper, section 4.2; EAT classification model.
 */
public final class SslamClassifier extends Module {
    private static final double NORM_EPS = 1e-6;

    private final SslamEncoder encoder;
    private final LayerNorm fcNorm;
    private final Linear head;
    private final Pooling pooling;

    /** What the head sees. */
    public enum Pooling {
        /** The CLS token. */
        CLS,
        /** The mean over patch tokens. */
        MEAN
    }

    /**
     * @param encoder with its weights
     * @param classes number of classes C
     */
    public SslamClassifier(Init init, SslamEncoder encoder, int classes, Pooling pooling) {
        this.encoder = child("", encoder);
        this.fcNorm = child("fc_norm", new LayerNorm(init, encoder.config().embedDim(), NORM_EPS));
        this.head = child("head", Linear.bert(init, encoder.config().embedDim(), classes));
        this.pooling = pooling;
    }

    /** (B, 1, T, F) to logits (B, C). */
    public NDArray forward(Ops ops, NDArray xB1TF) {
        try (NDArray features = encoder.features(ops, xB1TF);
                NDArray pooled = pool(features);
                NDArray normed = fcNorm.forward(ops, pooled)) {
            return head.forward(ops, normed);
        }
    }

    private NDArray pool(NDArray featuresBND) {
        if (pooling == Pooling.CLS) {
            return featuresBND.get(new NDIndex(":, 0"));
        }
        try (NDArray patches = featuresBND.get(new NDIndex(":, 1:"))) {
            return patches.mean(new int[] {1});
        }
    }
}
