package org.sslam.models.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.models.vit.PatchGrid;

/**
 * An encoder with a classification head: pooled features, layer norm, linear map; names as in the fine-tuned checkpoints
 * without their prefix.
 *
 * <p>The head begins with normal weights and biases 0; the published truncation at +-2 is many deviations away. Source:
 * SSLAM paper, section 4.2, EAT classification model; Audio-MAE's public code, models_vit.
 */
public final class Classifier extends Module {
    /** Deviation of the head's first weights in SSLAM and EAT. */
    public static final double HEAD_STD = 0.02;

    private static final double NORM_EPS = 1e-6;
    private static final String NORM = "fc_norm";
    private static final String HEAD = "head";

    private final TokenEncoder encoder;
    private final LayerNorm fcNorm;
    private final Linear head;
    private final Pooling pooling;
    private final int classes;

    /** What the head sees. */
    public enum Pooling {
        /** The CLS token. */
        CLS,
        /** The mean over patch tokens. */
        MEAN,
        /** The mean over time, the frequency rows of a time step one after the other: rows x D features. */
        ROWS,
        /** {@link Ops#linSoftmax} over patch tokens. */
        LIN_SOFTMAX
    }

    /**
     * @param encoder with its weights
     * @param classes number of classes C
     * @param headStd deviation of the head's first weights
     * @throws IllegalArgumentException if the encoder has no CLS but the head is to see it
     */
    public Classifier(Init init, TokenEncoder encoder, int classes, Pooling pooling, double headStd) {
        if (pooling == Pooling.CLS && !encoder.hasCls()) {
            throw new IllegalArgumentException("this encoder has no CLS token; choose the pooling mean");
        }
        this.encoder = child("", encoder);
        int features = pooling == Pooling.ROWS ? encoder.frequencyRows() * encoder.width() : encoder.width();
        this.fcNorm = child(NORM, new LayerNorm(init, features, NORM_EPS));
        this.head = child(HEAD, Linear.normal(init, features, classes, headStd));
        this.pooling = pooling;
        this.classes = classes;
    }

    /** The encoder inside. */
    public TokenEncoder encoder() {
        return encoder;
    }

    /** What the head sees. */
    public Pooling pooling() {
        return pooling;
    }

    /** Number of classes C. */
    public int classes() {
        return classes;
    }

    /** The parameters of norm and head, by their names in the whole: what linear evaluation trains. */
    public Map<String, Parameter> headParameters() {
        Map<String, Parameter> own = new LinkedHashMap<>();
        fcNorm.parameters().forEach((name, p) -> own.put(NORM + "." + name, p));
        head.parameters().forEach((name, p) -> own.put(HEAD + "." + name, p));
        return own;
    }

    /** (B, 1, T, F) to logits (B, C). */
    public NDArray forward(Ops ops, NDArray xB1TF) {
        try (NDArray pooled = pooled(ops, xB1TF, EncoderDraws.NONE)) {
            return logits(ops, pooled);
        }
    }

    /** (B, 1, T, F) to what the head sees (B, D). */
    public NDArray pooled(Ops ops, NDArray xB1TF, EncoderDraws draws) {
        Shape s = xB1TF.getShape();
        PatchGrid grid = encoder.grid((int) s.get(2), (int) s.get(3));
        try (NDArray tokens = encoder.tokens(ops, xB1TF);
                NDArray seen = seen(ops, tokens, grid, draws);
                NDArray features = encoder.encode(ops, seen, draws.dropPath())) {
            return pool(ops, features);
        }
    }

    /** Pooled features (B, D) to what the last map sees (B, D). */
    public NDArray normed(Ops ops, NDArray pooledBD) {
        return fcNorm.forward(ops, pooledBD);
    }

    /** Pooled features (B, D) to logits (B, C). */
    public NDArray logits(Ops ops, NDArray pooledBD) {
        try (NDArray normed = normed(ops, pooledBD)) {
            return head.forward(ops, normed);
        }
    }

    /** A new array: the tokens that the draws leave, or all. */
    private static NDArray seen(Ops ops, NDArray tokensBLD, PatchGrid grid, EncoderDraws draws) {
        Shape s = tokensBLD.getShape();
        if (draws.seen().isEmpty()) {
            return tokensBLD.reshape(s);
        }
        int[][] chosen = draws.seen().get().apply(grid);
        long[] rows = new long[chosen.length * chosen[0].length];
        for (int i = 0; i < rows.length; i++) {
            int clip = i / chosen[0].length;
            rows[i] = clip * s.get(1) + chosen[clip][i % chosen[0].length];
        }
        try (NDArray flat = tokensBLD.reshape(s.get(0) * s.get(1), s.get(2));
                NDArray index = Tensors.rows(flat.getManager(), rows);
                NDArray taken = ops.takeRows(flat, index)) {
            return taken.reshape(s.get(0), chosen[0].length, s.get(2));
        }
    }

    private NDArray pool(Ops ops, NDArray featuresBND) {
        if (pooling == Pooling.CLS) {
            return featuresBND.get(new NDIndex(":, 0"));
        }
        try (NDArray patches = featuresBND.get(new NDIndex(":, {}:", encoder.hasCls() ? 1 : 0))) {
            return switch (pooling) {
                case ROWS -> rows(patches);
                case LIN_SOFTMAX -> ops.linSoftmax(patches);
                default -> patches.mean(new int[] {1});
            };
        }
    }

    private NDArray rows(NDArray patchesBLD) {
        Shape s = patchesBLD.getShape();
        try (NDArray steps = patchesBLD.reshape(s.get(0), -1, encoder.frequencyRows() * s.get(2))) {
            return steps.mean(new int[] {1});
        }
    }
}
