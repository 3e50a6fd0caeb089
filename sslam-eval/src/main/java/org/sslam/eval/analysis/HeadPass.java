package org.sslam.eval.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BiFunction;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.Batch;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.load.OnePass;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.HeadView;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.random.Seeds;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.mwmae.Mwmae;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.Patchify;
import org.sslam.models.vit.PreNormBlock;

/** Sends clips through the blocks of a network and shows what every head does with them. */
public final class HeadPass {
    private final ClipSource source;
    private final LoaderOptions options;
    private final ProgressListener progress;
    private final Ops ops = new ScriptOps(Precision.FP32);

    /** Sees every block of every batch. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param block number of the block, from 0
         * @param view what its heads do
         * @param batch the clips
         */
        void block(int block, HeadView view, Batch batch);
    }

    /**
     * @param options batch size, threads, limits
     */
    public HeadPass(ClipSource source, LoaderOptions options, ProgressListener progress) {
        this.source = source;
        this.options = options;
        this.progress = progress;
    }

    /** The encoder's blocks; nothing is hidden. */
    public void encoder(NDManager root, MwmaeEncoder encoder, FrontEndConfig frontEnd, Listener listener) {
        pass(root, frontEnd, encoder.blocks(), listener, (manager, batch) -> {
            Patchify patchify = patchify(encoder);
            long[] patches = new long[batch.size() * encoder.grid().tokens()];
            for (int i = 0; i < patches.length; i++) {
                patches[i] = i;
            }
            NDArray cells = cells(manager, patchify, batch, patches);
            for (int i = 0; i < patches.length; i++) {
                patches[i] %= encoder.grid().tokens();
            }
            return encoder.embed(ops, cells, patches, batch.size());
        });
    }

    /**
     * The decoder's blocks; part of each clip is hidden, the same patches for all heads.
     *
     * @param mask how many patches
     * @param seed with a clip's place says which ones
     */
    public void decoder(
            NDManager root, Mwmae model, FrontEndConfig frontEnd, RandomMask mask, long seed, Listener listener) {
        MwmaeEncoder encoder = model.encoder();
        pass(root, frontEnd, model.decoder().blocks(), listener, (manager, batch) -> {
            int[][] order = new int[batch.size()][];
            for (int row = 0; row < order.length; row++) {
                order[row] = mask.draw(Seeds.random(seed, "analysis mask", batch.clipIndices()[row]));
            }
            TokenOrder seen = new TokenOrder(order, mask.seen());
            NDArray cells = cells(manager, patchify(encoder), batch, seen.seenRows());
            return model.decoder().input(ops, model.latent(ops, cells, seen), seen);
        });
    }

    private void pass(
            NDManager root,
            FrontEndConfig frontEnd,
            List<PreNormBlock> blocks,
            Listener listener,
            BiFunction<NDManager, Batch, NDArray> input) {
        OnePass.over(
                source,
                new FrontEnd(frontEnd),
                options,
                batch -> GradMode.off(() -> {
                    try (NDManager manager = root.newSubManager()) {
                        NDArray x = input.apply(manager, batch);
                        for (int i = 0; i < blocks.size(); i++) {
                            try (HeadView view = blocks.get(i).view(ops, x)) {
                                listener.block(i, view, batch);
                            }
                            x = blocks.get(i).forward(ops, x);
                        }
                    }
                }),
                progress);
    }

    private static Patchify patchify(MwmaeEncoder encoder) {
        PatchGrid grid = encoder.grid();
        return Patchify.sideBySide(
                grid, encoder.config().patchFrames(), encoder.config().patchBins());
    }

    private static NDArray cells(NDManager manager, Patchify patchify, Batch batch, long[] numbers) {
        float[] rows = patchify.rows(batch.melBTF(), batch.size(), numbers);
        return Tensors.of(manager, rows, new Shape(numbers.length, patchify.cells()));
    }
}
