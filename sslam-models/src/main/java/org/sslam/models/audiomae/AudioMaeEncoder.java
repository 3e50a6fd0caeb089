package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Mlp;
import org.sslam.core.nn.ModuleList;
import org.sslam.core.nn.Parameter;
import org.sslam.core.nn.SelfAttention;
import org.sslam.core.ops.Gelu;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.vit.DropPath;
import org.sslam.models.vit.PatchEmbed;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.PreNormBlock;

/**
 * The Audio-MAE encoder: patches, fixed positions, a learnable CLS token, pre-norm blocks, and in pre-training a norm at
 * the end, which fine-tuning leaves out.
 *
 * <p>Letters: B clips, L tokens of a clip, K seen ones, D width. Positions are added before masking; CLS is put in front
 * after it. Source: Audio-MAE paper, section 3.1; names as in the published checkpoints.
 */
public final class AudioMaeEncoder extends TokenEncoder {
    private static final double TOKEN_STD = 0.02;

    private final Parameter cls;
    private final PositionTable positions;
    private final PatchEmbed patches;
    private final List<PreNormBlock> blocks;
    private final Optional<LayerNorm> norm;
    private final AudioMaeConfig config;
    private final int melBins;

    /**
     * Builds the encoder with fresh weights.
     *
     * @param melBins bins of the spectrogram
     * @param finalNorm whether a norm follows the last block
     */
    public AudioMaeEncoder(Init init, AudioMaeConfig config, int melBins, boolean finalNorm) {
        int dim = config.embedDim();
        PatchGrid grid = config.grid(config.positionFrames(), melBins);
        this.config = config;
        this.melBins = melBins;
        this.cls = parameter("cls_token", init.normal(TOKEN_STD, 1, 1, dim));
        this.positions = new PositionTable(
                table("pos_embed", init.values(PositionTable.values(config, grid, dim), 1, 1L + grid.tokens(), dim)),
                grid,
                config.shorterClips());
        this.patches = child("patch_embed", new PatchEmbed(init, dim, config.patchSize(), config.patchStride()));
        List<PreNormBlock> list = new ArrayList<>();
        for (int i = 0; i < config.depth(); i++) {
            list.add(block(init, dim, config.numHeads(), config.mlpRatio() * dim, config.normEps()));
        }
        this.blocks = child("blocks", new ModuleList<>(list)).modules();
        this.norm =
                finalNorm ? Optional.of(child("norm", new LayerNorm(init, dim, config.normEps()))) : Optional.empty();
    }

    /** A block as both encoder and decoder have it, its linear maps Xavier-uniform. */
    static PreNormBlock block(Init init, int dim, int heads, int hidden, double eps) {
        return new PreNormBlock(
                init,
                dim,
                new SelfAttention(Linear.xavier(init, dim, 3L * dim), Linear.xavier(init, dim, dim), heads),
                mlp(init, dim, hidden),
                eps);
    }

    /** The feed-forward part of every block. */
    static Mlp mlp(Init init, int dim, int hidden) {
        return new Mlp(Linear.xavier(init, dim, hidden), Linear.xavier(init, hidden, dim), Gelu.ERF);
    }

    /** The sizes. */
    public AudioMaeConfig config() {
        return config;
    }

    @Override
    public Record sizes() {
        return config;
    }

    @Override
    public int width() {
        return config.embedDim();
    }

    @Override
    public int depth() {
        return config.depth();
    }

    @Override
    public boolean hasCls() {
        return true;
    }

    @Override
    public PatchGrid grid(int frames, int bins) {
        PatchGrid grid = config.grid(frames, bins);
        if (frames > config.positionFrames()) {
            throw new IllegalArgumentException(
                    frames + " frames are more than there are positions for (" + config.positionFrames() + " frames)");
        }
        return grid;
    }

    @Override
    public int frequencyRows() {
        return config.grid(config.positionFrames(), melBins).frequency();
    }

    /** Bins of the spectrogram. */
    public int melBins() {
        return melBins;
    }

    /** Whether a norm follows the last block. */
    public boolean hasFinalNorm() {
        return norm.isPresent();
    }

    /**
     * Patch tokens with positions: (B, 1, T, F) to (B, L, D).
     *
     * @throws IllegalArgumentException if the clip is longer than the position table
     */
    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF) {
        int frames = (int) xB1TF.getShape().get(2);
        try (NDArray plain = patches.forward(ops, xB1TF);
                NDArray rows = positions.tokens(ops, config.grid(frames, melBins))) {
            return plain.add(rows);
        }
    }

    /**
     * The seen tokens of each clip.
     *
     * @param tokensBLD tokens with positions
     * @param rows numbers of seen tokens in (B * L), K a clip, clip after clip
     * @return (B, K, D)
     */
    public NDArray seen(Ops ops, NDArray tokensBLD, long[] rows) {
        Shape s = tokensBLD.getShape();
        try (NDArray flat = tokensBLD.reshape(s.get(0) * s.get(1), s.get(2));
                NDArray index = Tensors.rows(flat.getManager(), rows);
                NDArray taken = ops.takeRows(flat, index)) {
            return taken.reshape(s.get(0), -1, s.get(2));
        }
    }

    /**
     * CLS in front, all blocks, the norm if there is one.
     *
     * @param tokensBND tokens with positions
     * @return (B, 1+N, D)
     */
    public NDArray encode(Ops ops, NDArray tokensBND) {
        return encode(ops, tokensBND, DropPath.NONE);
    }

    @Override
    public NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath) {
        return encode(ops, tokensBND, dropPath, blocks.size());
    }

    /**
     * As {@link #encode(Ops, NDArray)}, after the first blocks only; the norm follows the last block alone.
     *
     * @param count 1 to {@code config().depth()}
     */
    public NDArray encode(Ops ops, NDArray tokensBND, int count) {
        if (count < 1 || count > blocks.size()) {
            throw new IllegalArgumentException("block " + count + " of " + blocks.size());
        }
        return encode(ops, tokensBND, DropPath.NONE, count);
    }

    private NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath, int count) {
        NDArray x = withCls(tokensBND);
        for (int i = 0; i < count; i++) {
            NDArray before = x;
            x = blocks.get(i).forward(ops, before, dropPath, i);
            before.close();
        }
        if (norm.isEmpty() || count < blocks.size()) {
            return x;
        }
        try (NDArray last = x) {
            return norm.get().forward(ops, last);
        }
    }

    private NDArray withCls(NDArray tokensBND) {
        Shape s = tokensBND.getShape();
        try (NDArray row = positions.cls();
                NDArray placed = cls.value().add(row);
                NDArray front = placed.broadcast(new Shape(s.get(0), 1, s.get(2)))) {
            front.attach(tokensBND.getManager());
            NDArray joined = NDArrays.concat(new NDList(front, tokensBND), 1);
            joined.attach(tokensBND.getManager());
            return joined;
        }
    }
}
