package org.sslam.models.encoder;

import ai.djl.ndarray.NDArray;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.Ops;
import org.sslam.models.vit.DropPath;
import org.sslam.models.vit.PatchGrid;

/**
 * An encoder that a classifier can be put on and trained with, whatever family it is of.
 *
 * <p>Letters: B clips, L patch tokens of a clip, N of them that are encoded, D width.
 */
public abstract class TokenEncoder extends Module {
    /** For subclasses. */
    protected TokenEncoder() {}

    /** The sizes: what {@code model.json} keeps. */
    public abstract Record sizes();

    /** Width D of a token. */
    public abstract int width();

    /** Number of blocks. */
    public abstract int depth();

    /** Whether a CLS token stands in front of the encoded ones. */
    public abstract boolean hasCls();

    /**
     * How a clip is cut.
     *
     * @throws IllegalArgumentException if it cannot be, or has no positions
     */
    public abstract PatchGrid grid(int frames, int melBins);

    /** Frequency rows of the grid: patch tokens of one time step. */
    public abstract int frequencyRows();

    /** In how many pieces, each by itself, a clip is encoded. */
    public int pieces(int frames) {
        return 1;
    }

    /** Patch tokens with positions: (B, 1, T, F) to (B, L, D). */
    public abstract NDArray tokens(Ops ops, NDArray xB1TF);

    /**
     * Encodes tokens, all of a clip's or some.
     *
     * @param tokensBND tokens with positions
     * @return (B, N, D), with CLS in front (B, 1+N, D)
     */
    public abstract NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath);
}
