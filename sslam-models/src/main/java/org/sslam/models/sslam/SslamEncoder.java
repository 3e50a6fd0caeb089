package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.ModuleList;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.vit.DropPath;
import org.sslam.models.vit.PatchEmbed;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;
import org.sslam.models.vit.TransformerBlock;

/**
 * The SSLAM / EAT encoder: patches, fixed positions, a learnable CLS token, a layer norm, post-norm blocks and no norm at
 * the end.
 *
 * <p>The steps are separate methods because masking and source retention act between them: {@link #tokens} (B, L, D),
 * {@link #withCls} (B, 1+N, D), {@link #blocks}. Positions are added before masking; CLS has none.
 *
 * <p>Source: SSLAM paper, section 3.1; names as in the published checkpoints.
 */
public final class SslamEncoder extends TokenEncoder {
    /** Name of everything that belongs to the spectrogram, as in the published checkpoints. */
    static final String BRANCH = "modality_encoders.IMAGE.";

    private final Parameter cls;
    private final PatchEmbed patches;
    private final NDArray positions;
    private final LayerNorm preNorm;
    private final List<TransformerBlock> blocks;
    private final SslamConfig config;
    private final int frequencyRows;

    /** Receives each block's outputs in order; both arrays are closed after the call. */
    @FunctionalInterface
    public interface BlockListener {
        /**
         * @param index number of the block, from 0
         * @param output the block's output and feed-forward output, (B, N, D)
         */
        void block(int index, TransformerBlock.Output output);
    }

    /**
     * Builds the encoder with fresh weights.
     *
     * @param melBins rows of the spectrogram, which fix the width of the position table
     */
    public SslamEncoder(Init init, SslamConfig config, int melBins) {
        int dim = config.embedDim();
        this.config = config;
        this.cls = parameter(BRANCH + "extra_tokens", init.normal(1, 1, 1, dim));
        this.patches = child(BRANCH + "local_encoder", new PatchEmbed(init, dim, config.patchSize()));
        PatchGrid table = new PatchGrid(config.positionTimeSteps(), melBins / config.patchSize());
        this.frequencyRows = table.frequency();
        this.positions = table(
                BRANCH + "fixed_positional_encoder.positions",
                init.values(SinCosPositions.table(table, dim), 1, table.tokens(), dim));
        this.preNorm = child(BRANCH + "context_encoder.norm", new LayerNorm(init, dim, config.normEps()));
        List<TransformerBlock> list = new ArrayList<>();
        for (int i = 0; i < config.depth(); i++) {
            list.add(new TransformerBlock(init, dim, config.numHeads(), config.mlpRatio() * dim, config.normEps()));
        }
        this.blocks = child("blocks", new ModuleList<>(list)).modules();
    }

    /** The sizes. */
    public SslamConfig config() {
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
    public int frequencyRows() {
        return frequencyRows;
    }

    @Override
    public PatchGrid grid(int frames, int melBins) {
        PatchGrid grid = PatchGrid.of(frames, melBins, config.patchSize());
        if (grid.time() > config.positionTimeSteps()) {
            throw new IllegalArgumentException(frames + " frames are " + grid.time()
                    + " patches in time, there are positions for " + config.positionTimeSteps() + " ("
                    + config.positionTimeSteps() * config.patchSize() + " frames)");
        }
        return grid;
    }

    /** Patch embedding without positions: (B, 1, T, F) to (B, L, D). */
    public NDArray patchTokens(Ops ops, NDArray xB1TF) {
        return patches.forward(ops, xB1TF);
    }

    /**
     * Patch tokens with positions: (B, 1, T, F) to (B, L, D).
     *
     * @throws IllegalArgumentException if the clip is longer than the position table
     */
    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF) {
        try (NDArray plain = patchTokens(ops, xB1TF)) {
            long count = plain.getShape().get(1);
            if (count > positions.getShape().get(1)) {
                throw new IllegalArgumentException("the clip has " + count + " patches, the position table "
                        + positions.getShape().get(1) + "; raise positionTimeSteps or shorten the clip");
            }
            try (NDArray rows = positions.get(new NDIndex(":, :{}", count))) {
                return plain.add(rows);
            }
        }
    }

    /** [CLS, tokens] after the layer norm in front of the blocks: (B, N, D) to (B, 1+N, D). */
    public NDArray withCls(Ops ops, NDArray tokensBND) {
        Shape s = tokensBND.getShape();
        try (NDArray front = cls.value().broadcast(new Shape(s.get(0), 1, s.get(2)))) {
            front.attach(tokensBND.getManager());
            try (NDArray joined = NDArrays.concat(new NDList(front, tokensBND), 1)) {
                joined.attach(tokensBND.getManager());
                return preNorm.forward(ops, joined);
            }
        }
    }

    /**
     * All blocks.
     *
     * @param xBND output of {@link #withCls}
     * @param listener sees every block's outputs
     * @return the last block's output (B, N, D)
     */
    public NDArray blocks(Ops ops, NDArray xBND, BlockListener listener) {
        return blocks(ops, xBND, blocks.size(), DropPath.NONE, listener);
    }

    private NDArray blocks(Ops ops, NDArray xBND, int count, DropPath dropPath, BlockListener listener) {
        NDArray x = xBND;
        for (int i = 0; i < count; i++) {
            TransformerBlock.Output output = blocks.get(i).forward(ops, x, dropPath, i);
            listener.block(i, output);
            output.ffn().close();
            if (x != xBND) {
                x.close();
            }
            x = output.out();
        }
        return x;
    }

    /** All blocks, their inner outputs unseen. */
    public NDArray blocks(Ops ops, NDArray xBND) {
        return blocks(ops, xBND, (index, output) -> {});
    }

    @Override
    public NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath) {
        return encode(ops, tokensBND, blocks.size(), dropPath);
    }

    /** Features of whole clips without masking: (B, 1, T, F) to (B, 1+L, D), CLS first. */
    public NDArray features(Ops ops, NDArray xB1TF) {
        return features(ops, xB1TF, blocks.size());
    }

    /**
     * As {@link #features(Ops, NDArray)}, after the first blocks only; the others are not computed.
     *
     * @param count 1 to {@code config().depth()}
     */
    public NDArray features(Ops ops, NDArray xB1TF, int count) {
        if (count < 1 || count > blocks.size()) {
            throw new IllegalArgumentException("block " + count + " of " + blocks.size());
        }
        try (NDArray tokens = tokens(ops, xB1TF)) {
            return encode(ops, tokens, count, DropPath.NONE);
        }
    }

    private NDArray encode(Ops ops, NDArray tokensBND, int count, DropPath dropPath) {
        try (NDArray x = withCls(ops, tokensBND)) {
            return blocks(ops, x, count, dropPath, (index, output) -> {});
        }
    }
}
