package org.sslam.models.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.core.nn.Attention;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.LayerNorm;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Mlp;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.ModuleList;
import org.sslam.core.nn.Parameter;
import org.sslam.core.nn.SelfAttention;
import org.sslam.core.ops.Gelu;
import org.sslam.core.ops.Ops;
import org.sslam.models.vit.DropPath;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.PreNormBlock;
import org.sslam.models.vit.SinCosPositions;

/**
 * The encoder of MW-MAE and of its MAE baseline: patches, positions, pre-norm blocks, a norm at the end.
 *
 * <p>Letters: B clips, L patches of a clip, N of them seen, X = 1 with CLS, else 0, C cells of a patch, D width. Patches come
 * as rows of cells, so that hidden ones need not be embedded. Source: MW-MAE paper, section 3.1; names as a PyTorch vision
 * transformer has them, see the package for those of the public checkpoints.
 */
public final class MwmaeEncoder extends Module {
    static final double TOKEN_STD = 0.02;

    private final MwmaeConfig config;
    private final PatchGrid grid;
    private final Parameter patchWeight;
    private final Parameter patchBias;
    private final Optional<Parameter> cls;
    private final PositionTable positions;
    private final List<PreNormBlock> blocks;
    private final LayerNorm norm;

    /**
     * Builds the encoder with fresh weights.
     *
     * @param grid of the clips that it will see
     */
    public MwmaeEncoder(Init init, MwmaeConfig config, PatchGrid grid) {
        int dim = config.embedDim();
        this.config = config;
        this.grid = grid;
        double bound = Math.sqrt(6.0 / (config.patchCells() * (1.0 + dim)));
        this.patchWeight = parameter(
                "patch_embed.proj.weight", init.uniform(bound, dim, 1, config.patchFrames(), config.patchBins()));
        this.patchBias = parameter("patch_embed.proj.bias", init.zeros(dim));
        this.cls = config.cls()
                ? Optional.of(parameter("cls_token", init.normal(TOKEN_STD, 1, 1, dim)))
                : Optional.empty();
        this.positions = child(
                "",
                new PositionTable(
                        init,
                        "pos_embed",
                        SinCosPositions.exactTable(grid, dim),
                        dim,
                        config.extraTokens(),
                        config.trainPositions()));
        List<PreNormBlock> list = new ArrayList<>();
        WindowPlans plans = new WindowPlans(init, config.encoderWindows(), true, false);
        for (int i = 0; i < config.depth(); i++) {
            Attention attention = config.encoderWindows().isEmpty()
                    ? plainAttention(init, dim, config.numHeads())
                    : new MultiWindowAttention(init, dim, plans);
            list.add(block(init, dim, attention, config));
        }
        this.blocks = child("blocks", new ModuleList<>(list)).modules();
        this.norm = child("norm", new LayerNorm(init, dim, config.normEps()));
    }

    /** The sizes. */
    public MwmaeConfig config() {
        return config;
    }

    /** The patches of a clip. */
    public PatchGrid grid() {
        return grid;
    }

    /**
     * Embeds patches and adds their positions, CLS in front if there is one.
     *
     * @param cellsRC cells of N patches of each clip, R = B N rows
     * @param patches number of each row's patch in its clip, 0 .. L-1
     * @param clips B
     * @return (B, X+N, D)
     */
    public NDArray embed(Ops ops, NDArray cellsRC, long[] patches, int clips) {
        NDArray tokensBND = patchTokens(ops, cellsRC, patches, clips);
        return cls.isEmpty() ? tokensBND : withCls(tokensBND);
    }

    /** As {@link #embed}, without CLS: (B, N, D). */
    NDArray patchTokens(Ops ops, NDArray cellsRC, long[] patches, int clips) {
        int dim = config.embedDim();
        try (NDArray weight = patchWeight.value().reshape(dim, config.patchCells());
                NDArray plain = ops.linear(cellsRC, weight, patchBias.value());
                NDArray rows = positions.ofPatches(ops, cellsRC, patches);
                NDArray placed = plain.add(rows)) {
            return placed.reshape(clips, patches.length / clips, dim);
        }
    }

    private NDArray withCls(NDArray tokensBND) {
        Shape s = tokensBND.getShape();
        try (tokensBND;
                NDArray row = positions.ofCls();
                NDArray placed = cls.orElseThrow().value().add(row);
                NDArray front = placed.broadcast(new Shape(s.get(0), 1, s.get(2)))) {
            front.attach(tokensBND.getManager());
            NDArray joined = NDArrays.concat(new NDList(front, tokensBND), 1);
            joined.attach(tokensBND.getManager());
            return joined;
        }
    }

    /** All blocks and the norm: (B, X+N, D) to (B, X+N, D). */
    public NDArray encode(Ops ops, NDArray tokensBND) {
        return encode(ops, tokensBND, blocks.size());
    }

    /**
     * The first blocks; the norm follows the last block alone.
     *
     * @param count 1 to {@code config().depth()}
     */
    public NDArray encode(Ops ops, NDArray tokensBND, int count) {
        if (count < 1 || count > blocks.size()) {
            throw new IllegalArgumentException("block " + count + " of " + blocks.size());
        }
        return encode(ops, tokensBND, DropPath.NONE, count);
    }

    /** CLS in front of patch tokens if there is one, all blocks and the norm: (B, N, D) to (B, X+N, D). */
    NDArray encodePatches(Ops ops, NDArray patchesBND, DropPath dropPath) {
        if (cls.isEmpty()) {
            return encode(ops, patchesBND, dropPath, blocks.size());
        }
        NDArray copy = patchesBND.reshape(patchesBND.getShape());
        copy.attach(patchesBND.getManager());
        try (NDArray tokens = withCls(copy)) {
            return encode(ops, tokens, dropPath, blocks.size());
        }
    }

    private NDArray encode(Ops ops, NDArray tokensBND, DropPath dropPath, int count) {
        NDArray x = tokensBND;
        for (int i = 0; i < count; i++) {
            NDArray before = x;
            x = blocks.get(i).forward(ops, before, dropPath, i);
            if (before != tokensBND) {
                before.close();
            }
        }
        if (count < blocks.size()) {
            return x;
        }
        try (NDArray last = x) {
            return norm.forward(ops, last);
        }
    }

    /**
     * Features of whole clips, nothing hidden: (B, 1, T, F) to (B, X+L, D).
     *
     * @param count blocks that are computed
     */
    public NDArray features(Ops ops, NDArray xB1TF, int count) {
        int clips = (int) xB1TF.getShape().get(0);
        try (NDArray cells = cells(xB1TF);
                NDArray tokens = embed(ops, cells, everyPatch(clips), clips)) {
            return encode(ops, tokens, count);
        }
    }

    /** The cells of every patch, time-major: (B, 1, T, F) to (B L, C). */
    NDArray cells(NDArray xB1TF) {
        Shape s = xB1TF.getShape();
        if (s.get(2) != (long) grid.time() * config.patchFrames()
                || s.get(3) != (long) grid.frequency() * config.patchBins()) {
            throw new IllegalArgumentException("a clip of " + s.get(2) + " x " + s.get(3) + " cells does not fill the "
                    + grid.time() + " x " + grid.frequency() + " patches that the positions are made for");
        }
        try (NDArray split = xB1TF.reshape(
                        s.get(0), grid.time(), config.patchFrames(), grid.frequency(), config.patchBins());
                NDArray patches = split.transpose(0, 1, 3, 2, 4)) {
            return patches.reshape(-1, config.patchCells());
        }
    }

    /** Numbers of all patches of several clips. */
    long[] everyPatch(int clips) {
        long[] patches = new long[Math.multiplyExact(clips, grid.tokens())];
        for (int i = 0; i < patches.length; i++) {
            patches[i] = i % grid.tokens();
        }
        return patches;
    }

    static SelfAttention plainAttention(Init init, int dim, int heads) {
        return new SelfAttention(Linear.xavier(init, dim, 3L * dim), Linear.xavier(init, dim, dim), heads);
    }

    /** A block as both encoder and decoder have it: Xavier-uniform maps, tanh GELU. */
    static PreNormBlock block(Init init, int dim, Attention attention, MwmaeConfig config) {
        int hidden = config.mlpRatio() * dim;
        Mlp mlp = new Mlp(Linear.xavier(init, dim, hidden), Linear.xavier(init, hidden, dim), Gelu.TANH);
        return new PreNormBlock(init, dim, attention, mlp, config.normEps());
    }

    /** The blocks in order, for analyses. */
    public List<PreNormBlock> blocks() {
        return blocks;
    }
}
