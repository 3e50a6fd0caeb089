package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.vit.PatchGrid;

/**
 * The network that learns: the encoder on visible tokens of several masked clones of each clip, and the decoder on the
 * full grid.
 *
 * <p>Letters: B clips, M clones a clip, R = B M rows, L tokens, K visible tokens, D width. Source: SSLAM paper, section
 * 3.1.
 */
public final class SslamStudent extends Module {
    private final SslamEncoder encoder;
    private final CnnDecoder decoder;

    /**
     * What the encoder makes of the visible tokens.
     *
     * @param clsRD CLS of every row
     * @param visibleRKD visible tokens of every row, ascending
     */
    public record Encoded(NDArray clsRD, NDArray visibleRKD) {}

    /** A student with fresh weights. */
    public SslamStudent(Init init, SslamConfig config, int melBins) {
        this.encoder = child("", new SslamEncoder(init, config, melBins));
        this.decoder =
                child(SslamEncoder.BRANCH + "decoder", new CnnDecoder(init, config.decoder(), config.embedDim()));
    }

    /** The encoder, which outlives pre-training. */
    public SslamEncoder encoder() {
        return encoder;
    }

    /** The decoder. */
    public CnnDecoder decoder() {
        return decoder;
    }

    /**
     * Encodes the visible tokens.
     *
     * @param tokensBLD tokens with positions, one row a clip
     * @param mask R rows, the M clones of a clip adjacent
     */
    public Encoded encode(Ops ops, NDArray tokensBLD, TokenMask mask) {
        Shape s = tokensBLD.getShape();
        int clones = (int) (mask.rows() / s.get(0));
        try (NDArray flat = tokensBLD.reshape(s.get(0) * s.get(1), s.get(2));
                NDArray index = rows(flat, mask.visibleRows(clones));
                NDArray kept = ops.takeRows(flat, index);
                NDArray keptRKD = kept.reshape(mask.rows(), mask.visiblePerRow(), s.get(2));
                NDArray x = encoder.withCls(ops, keptRKD);
                NDArray out = encoder.blocks(ops, x)) {
            return new Encoded(out.get(new NDIndex(":, 0")), out.get(new NDIndex(":, 1:")));
        }
    }

    /**
     * The decoder's input: encoded tokens at visible positions, noise at masked ones.
     *
     * @param noiseRLD noise at every position; only masked positions are used
     * @return (R, L, D)
     */
    public NDArray decoderInput(Ops ops, NDArray visibleRKD, NDArray noiseRLD, TokenMask mask) {
        Shape s = noiseRLD.getShape();
        try (NDArray base = noiseRLD.reshape(s.get(0) * s.get(1), s.get(2));
                NDArray visible = visibleRKD.reshape((long) mask.rows() * mask.visiblePerRow(), s.get(2));
                NDArray index = rows(base, mask.visibleRows(1));
                NDArray placed = ops.placeRows(base, index, visible)) {
            return placed.reshape(s);
        }
    }

    /**
     * Decodes and projects the masked positions only, since nothing else is compared.
     *
     * @return (R * masked, D), rows in the order of {@link TokenMask#maskedRows}
     */
    public NDArray decodeMasked(Ops ops, NDArray inputRLD, PatchGrid grid, TokenMask mask) {
        try (NDArray features = decoder.convolve(ops, inputRLD, grid);
                NDArray flat = features.reshape((long) mask.rows() * mask.tokens(), -1);
                NDArray index = rows(flat, mask.maskedRows(1));
                NDArray masked = ops.takeRows(flat, index)) {
            return decoder.project(ops, masked);
        }
    }

    private static NDArray rows(NDArray beside, long[] numbers) {
        return Tensors.rows(beside.getManager(), numbers);
    }
}
