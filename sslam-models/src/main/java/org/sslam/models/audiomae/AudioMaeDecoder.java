package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.ModuleList;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.PreNormBlock;

/**
 * The Audio-MAE decoder: the encoded tokens in their places, a learnable token in all others, positions, blocks, norm, and
 * the cells of each patch.
 *
 * <p>Letters: B clips, L tokens of a clip, K seen ones, D the encoder's width, E the decoder's. CLS leaves before the
 * first local block; in a global decoder it leaves after the last. Source: Audio-MAE paper, section 3.2; names as in the
 * published checkpoints.
 */
public final class AudioMaeDecoder extends Module {
    private static final double TOKEN_STD = 0.02;

    private final Parameter maskToken;
    private final PositionTable positions;
    private final Linear embed;
    private final List<ShiftedWindowBlock> localBlocks = new ArrayList<>();
    private final List<PreNormBlock> globalBlocks = new ArrayList<>();
    private final LayerNorm norm;
    private final Linear cells;
    private final int side;

    /**
     * Builds the decoder with fresh weights.
     *
     * @param melBins bins of the spectrogram
     */
    public AudioMaeDecoder(Init init, AudioMaeConfig config, int melBins) {
        DecoderConfig decoder = config.decoder();
        int dim = decoder.dim();
        PatchGrid grid = config.grid(config.positionFrames(), melBins);
        this.side = decoder.windowSide(config.overlaps());
        config.requireDecoderFits(grid);
        this.maskToken = parameter("mask_token", init.normal(TOKEN_STD, 1, 1, dim));
        this.positions = new PositionTable(
                table(
                        "decoder_pos_embed",
                        init.values(PositionTable.values(config, grid, dim), 1, 1L + grid.tokens(), dim)),
                grid,
                config.shorterClips());
        this.embed = child("decoder_embed", Linear.xavier(init, config.embedDim(), dim));
        child("decoder_blocks", new ModuleList<>(blocks(init, config)));
        this.norm = child("decoder_norm", new LayerNorm(init, dim, config.normEps()));
        this.cells = child("decoder_pred", Linear.xavier(init, dim, config.patchCells()));
    }

    private List<Module> blocks(Init init, AudioMaeConfig config) {
        DecoderConfig decoder = config.decoder();
        int hidden = config.mlpRatio() * decoder.dim();
        boolean local = decoder.kind() != DecoderConfig.Kind.GLOBAL;
        for (int i = 0; local && i < decoder.blockCount(); i++) {
            localBlocks.add(
                    new ShiftedWindowBlock(init, attention(init, config, i), decoder.dim(), hidden, config.normEps()));
        }
        int global =
                switch (decoder.kind()) {
                    case LOCAL -> 0;
                    case GLOBAL -> decoder.blockCount();
                    case HYBRID -> decoder.globalBlocks();
                };
        for (int i = 0; i < global; i++) {
            globalBlocks.add(AudioMaeEncoder.block(
                    init, decoder.dim(), decoder.headsOfGlobalBlocks(), hidden, config.normEps()));
        }
        List<Module> all = new ArrayList<>(localBlocks);
        all.addAll(globalBlocks);
        return all;
    }

    /** Every second block's windows are shifted. */
    private WindowAttention attention(Init init, AudioMaeConfig config, int block) {
        DecoderConfig decoder = config.decoder();
        boolean shifted = block % 2 == 1 && decoder.shift() != DecoderConfig.Shift.NONE;
        int shift = shifted ? decoder.shiftOfWindows(config.overlaps()) : 0;
        boolean both = decoder.shift() == DecoderConfig.Shift.BOTH;
        return new WindowAttention(
                init,
                decoder.dim(),
                decoder.numHeads(),
                new ShiftedWindow(side, side, shift, both ? shift : 0),
                decoder.biasHidden(),
                decoder.biasDropout());
    }

    /**
     * What the blocks make of a masked clip.
     *
     * @param latentB1KD the encoder's output, CLS first
     * @param order which tokens it saw
     * @param grid of the clips
     * @param train whether dropout acts
     * @return (B, L, E)
     */
    public NDArray features(Ops ops, NDArray latentB1KD, TokenOrder order, PatchGrid grid, boolean train) {
        if (localBlocks.isEmpty()) {
            return globalFeatures(ops, latentB1KD, order, grid);
        }
        try (NDArray seenBKD = latentB1KD.get(new NDIndex(":, 1:"));
                NDArray seenBKE = embed.forward(ops, seenBKD);
                NDArray x = onGrid(ops, seenBKE, order, grid);
                NDArray local = localFeatures(ops, x, grid, train)) {
            return throughGlobal(ops, local);
        }
    }

    /** The norm after the blocks: (..., E) to (..., E), what heads work on. */
    public NDArray normed(Ops ops, NDArray features) {
        return norm.forward(ops, features);
    }

    /** Cells of patches from their normed features: (..., E) to (..., P * P). */
    public NDArray cells(Ops ops, NDArray normed) {
        return cells.forward(ops, normed);
    }

    private NDArray globalFeatures(Ops ops, NDArray latentB1KD, TokenOrder order, PatchGrid grid) {
        try (NDArray allB1KE = embed.forward(ops, latentB1KD);
                NDArray plainCls = allB1KE.get(new NDIndex(":, :1"));
                NDArray clsRow = positions.cls();
                NDArray cls = plainCls.add(clsRow);
                NDArray seen = allB1KE.get(new NDIndex(":, 1:"));
                NDArray x = onGrid(ops, seen, order, grid);
                NDArray joined = NDArrays.concat(new NDList(cls, x), 1);
                NDArray out = throughGlobal(ops, joined)) {
            return out.get(new NDIndex(":, 1:"));
        }
    }

    /** Encoded tokens in their places, the mask token elsewhere, positions added: (B, L, E). */
    private NDArray onGrid(Ops ops, NDArray seenBKE, TokenOrder order, PatchGrid grid) {
        Shape s = seenBKE.getShape();
        long tokens = grid.tokens();
        try (NDArray token = maskToken.value().reshape(1, s.get(2));
                NDArray everywhere = token.broadcast(new Shape(s.get(0) * tokens, s.get(2)))) {
            everywhere.attach(seenBKE.getManager());
            try (NDArray rows = seenBKE.reshape(s.get(0) * s.get(1), s.get(2));
                    NDArray index = Tensors.rows(seenBKE.getManager(), order.seenRows());
                    NDArray placed = ops.placeRows(everywhere, index, rows);
                    NDArray clips = placed.reshape(s.get(0), tokens, s.get(2));
                    NDArray added = positions.tokens(ops, grid)) {
                return clips.add(added);
            }
        }
    }

    /** Windows must fill the grid: where they do not, its last time step is repeated and cut off again. */
    private NDArray localFeatures(Ops ops, NDArray xBLE, PatchGrid grid, boolean train) {
        Shape s = xBLE.getShape();
        NDArray x = filled(xBLE.reshape(s.get(0), grid.time(), grid.frequency(), s.get(2)));
        for (ShiftedWindowBlock block : localBlocks) {
            NDArray before = x;
            x = block.forward(ops, before, train);
            before.close();
        }
        try (NDArray all = x;
                NDArray own = all.get(new NDIndex(":, :{}", grid.time()))) {
            return own.reshape(s);
        }
    }

    private NDArray filled(NDArray xBTFE) {
        long times = xBTFE.getShape().get(1);
        long missing = (side - times % side) % side;
        if (missing == 0) {
            return xBTFE;
        }
        try (NDArray x = xBTFE;
                NDArray last = x.get(new NDIndex(":, {}:", times - 1))) {
            NDList parts = new NDList(x);
            for (long i = 0; i < missing; i++) {
                parts.add(last);
            }
            return NDArrays.concat(parts, 1);
        }
    }

    private NDArray throughGlobal(Ops ops, NDArray xBNE) {
        NDArray x = xBNE.reshape(xBNE.getShape());
        for (PreNormBlock block : globalBlocks) {
            NDArray before = x;
            x = block.forward(ops, before);
            before.close();
        }
        return x;
    }
}
