package org.sslam.models.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.core.engine.StepClock;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;

/**
 * The whole of MW-MAE, or of its MAE baseline, as it is pre-trained: from the cells of the seen patches to those of the
 * hidden ones.
 *
 * <p>Letters as in {@link MwmaeEncoder} and {@link MwmaeDecoder}. Source: MW-MAE paper, section 3.
 */
public final class Mwmae extends Module {
    private final MwmaeEncoder encoder;
    private final MwmaeDecoder decoder;

    /**
     * Both with fresh weights.
     *
     * @param frames of a clip
     * @param melBins of a clip
     */
    public Mwmae(Init init, MwmaeConfig config, int frames, int melBins) {
        PatchGrid grid = config.grid(frames, melBins);
        this.encoder = child("", new MwmaeEncoder(init, config, grid));
        this.decoder = child("", new MwmaeDecoder(init, config, grid));
    }

    /** The encoder, which outlives pre-training. */
    public MwmaeEncoder encoder() {
        return encoder;
    }

    /** The decoder. */
    public MwmaeDecoder decoder() {
        return decoder;
    }

    /**
     * The encoder's output for seen patches.
     *
     * @param seenRC cells of the seen patches, in the order of {@link TokenOrder#seenRows}
     * @return (B, X+N, D)
     */
    public NDArray latent(Ops ops, NDArray seenRC, TokenOrder order) {
        return StepClock.part("encoder", () -> encoded(ops, seenRC, order));
    }

    private NDArray encoded(Ops ops, NDArray seenRC, TokenOrder order) {
        long[] patches = order.seenRows();
        for (int i = 0; i < patches.length; i++) {
            patches[i] %= order.tokens();
        }
        try (NDArray tokens = encoder.embed(ops, seenRC, patches, order.rows())) {
            return encoder.encode(ops, tokens);
        }
    }

    /**
     * Cells of hidden patches.
     *
     * @return (R, C), in the order of {@link TokenOrder#hiddenRows}
     */
    public NDArray predictHidden(Ops ops, NDArray seenRC, TokenOrder order) {
        try (NDArray latent = latent(ops, seenRC, order)) {
            return StepClock.part("decoder", () -> hiddenCells(ops, latent, order));
        }
    }

    private NDArray hiddenCells(Ops ops, NDArray latent, TokenOrder order) {
        try (NDArray input = decoder.input(ops, latent, order);
                NDArray features = decoder.hiddenFeatures(ops, input, order)) {
            return decoder.cells(ops, features);
        }
    }

    /** Cells of every patch, (B, L, C). */
    public NDArray predict(Ops ops, NDArray seenRC, TokenOrder order) {
        int extra = encoder.config().extraTokens();
        try (NDArray latent = latent(ops, seenRC, order);
                NDArray input = decoder.input(ops, latent, order);
                NDArray features = decoder.features(ops, input);
                NDArray patches = features.get(new NDIndex(":, {}:", extra))) {
            return decoder.cells(ops, patches);
        }
    }
}
