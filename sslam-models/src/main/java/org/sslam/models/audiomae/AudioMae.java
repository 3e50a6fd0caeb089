package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;

/**
 * The whole of Audio-MAE as it is pre-trained: encoder and decoder, from a clip and a mask to the cells of its patches.
 *
 * <p>Source: Audio-MAE paper, section 3; names as in the published checkpoints.
 */
public final class AudioMae extends Module {
    private final AudioMaeEncoder encoder;
    private final AudioMaeDecoder decoder;

    /**
     * Both with fresh weights.
     *
     * @param melBins bins of the spectrogram
     */
    public AudioMae(Init init, AudioMaeConfig config, int melBins) {
        this.encoder = child("", new AudioMaeEncoder(init, config, melBins, true));
        this.decoder = child("", new AudioMaeDecoder(init, config, melBins));
    }

    /** The encoder, which outlives pre-training. */
    public AudioMaeEncoder encoder() {
        return encoder;
    }

    /** The decoder. */
    public AudioMaeDecoder decoder() {
        return decoder;
    }

    /** The encoder's output for the seen tokens, CLS first: (B, 1, T, F) to (B, 1+K, D). */
    public NDArray latent(Ops ops, NDArray xB1TF, TokenOrder order) {
        return StepClock.part("encoder", () -> encoded(ops, xB1TF, order));
    }

    private NDArray encoded(Ops ops, NDArray xB1TF, TokenOrder order) {
        try (NDArray tokens = encoder.tokens(ops, xB1TF);
                NDArray seen = encoder.seen(ops, tokens, order.seenRows())) {
            return encoder.encode(ops, seen);
        }
    }

    /**
     * What the decoder makes of every patch, before its last norm.
     *
     * @param train whether dropout acts
     * @return (B, L, E)
     */
    public NDArray features(Ops ops, NDArray xB1TF, TokenOrder order, boolean train) {
        Shape s = xB1TF.getShape();
        PatchGrid grid = encoder.config().grid((int) s.get(2), (int) s.get(3));
        try (NDArray latent = latent(ops, xB1TF, order)) {
            return StepClock.part("decoder", () -> decoder.features(ops, latent, order, grid, train));
        }
    }

    /** Cells of every patch, nothing dropped: (B, 1, T, F) to (B, L, P * P). */
    public NDArray predict(Ops ops, NDArray xB1TF, TokenOrder order) {
        try (NDArray features = features(ops, xB1TF, order, false);
                NDArray normed = decoder.normed(ops, features)) {
            return decoder.cells(ops, normed);
        }
    }

    /**
     * Features of hidden patches alone, since nothing else is compared.
     *
     * @param featuresBLE what {@link #features} gave
     * @return (B * hidden, E), in the order of {@link TokenOrder#hiddenRows}
     */
    public static NDArray hidden(Ops ops, NDArray featuresBLE, TokenOrder order) {
        try (NDArray flat = featuresBLE.reshape((long) order.rows() * order.tokens(), -1);
                NDArray index = Tensors.rows(flat.getManager(), order.hiddenRows())) {
            return ops.takeRows(flat, index);
        }
    }
}
