package org.sslam.models.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.vit.DropPath;
import org.sslam.models.vit.PatchGrid;

/**
 * MW-MAE and plain MAE as an encoder to train on: clips of several chunks of pre-training's length, each encoded by itself,
 * their tokens one after the other. The last norm stays; CLS, where there is one, takes part but is not given out.
 *
 * <p>Source: public MW-MAE code, HEAR interface. Its own classifier takes a single chunk.
 */
public final class ChunkedEncoder extends TokenEncoder {
    private final MwmaeEncoder encoder;

    /**
     * What {@code model.json} of a classifier keeps.
     *
     * @param encoder sizes of a chunk's encoder
     * @param chunkFrames frames of a chunk
     */
    public record Sizes(MwmaeConfig encoder, int chunkFrames) {}

    /**
     * @param encoder with its weights
     */
    public ChunkedEncoder(MwmaeEncoder encoder) {
        this.encoder = child("", encoder);
    }

    @Override
    public Record sizes() {
        return new Sizes(encoder.config(), chunkFrames());
    }

    @Override
    public int width() {
        return encoder.config().embedDim();
    }

    @Override
    public int depth() {
        return encoder.config().depth();
    }

    @Override
    public boolean hasCls() {
        return false;
    }

    @Override
    public int frequencyRows() {
        return encoder.grid().frequency();
    }

    @Override
    public int pieces(int frames) {
        return frames / chunkFrames();
    }

    @Override
    public PatchGrid grid(int frames, int melBins) {
        int bins = frequencyRows() * encoder.config().patchBins();
        if (frames < 1 || frames % chunkFrames() != 0 || melBins != bins) {
            throw new IllegalArgumentException("clips of " + frames + " x " + melBins
                    + " are not whole chunks; this encoder takes multiples of " + chunkFrames() + " frames of " + bins
                    + " mel bins");
        }
        return new PatchGrid(pieces(frames) * encoder.grid().time(), frequencyRows());
    }

    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF) {
        Shape s = xB1TF.getShape();
        grid((int) s.get(2), (int) s.get(3));
        int chunks = (int) s.get(0) * pieces((int) s.get(2));
        try (NDArray split = xB1TF.reshape(chunks, 1, chunkFrames(), s.get(3));
                NDArray cells = encoder.cells(split);
                NDArray tokens = encoder.patchTokens(ops, cells, encoder.everyPatch(chunks), chunks)) {
            return tokens.reshape(s.get(0), -1, width());
        }
    }

    /** {@inheritDoc} More tokens than a chunk has are those of several chunks, all of them. */
    @Override
    public NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath) {
        Shape s = tokensBND.getShape();
        long ofChunk = Math.min(s.get(1), encoder.grid().tokens());
        try (NDArray chunks = tokensBND.reshape(-1, ofChunk, width());
                NDArray encoded = encoder.encodePatches(ops, chunks, dropPath);
                NDArray patches =
                        encoded.get(new NDIndex(":, {}:", encoder.config().extraTokens()))) {
            return patches.reshape(s);
        }
    }

    private int chunkFrames() {
        return encoder.grid().time() * encoder.config().patchFrames();
    }
}
