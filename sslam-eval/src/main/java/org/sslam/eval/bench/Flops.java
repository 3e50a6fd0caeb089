package org.sslam.eval.bench;

import java.util.List;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.Windows;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;

/**
 * Floating-point operations of the timed jobs, from their sizes alone; a multiply and an add are two.
 *
 * <pre>
 * blocks(n)  = depth (2 n (4 + 2 r) D^2 + 4 n^2 D)                     n tokens, width D, feed-forward r D
 * decoder(L) = layers 2 L C (C/groups) k^2 + 2 L C D                   the first layer reads D channels
 * stage 1    = 3 M (blocks(1+K) + decoder(L)) + blocks(1+L) + 3 patches(L)
 * stage 2    = 2 3 M (blocks(1+K) + decoder(L)) + 2 blocks(1+L) + blocks(1+X) + 6 patches(L)
 * </pre>
 *
 * <p>M clones of a clip, K visible of L tokens, X tokens of mixed columns; a backward pass counts twice its forward pass.
 * Norms, GELU, softmax, losses and the optimiser are not counted, and neither is what an implementation computes beyond
 * this or leaves out, so that figures of two implementations can be compared.
 */
final class Flops {
    private static final double TRAINED = 3;
    private static final double GIGA = 1e9;

    private Flops() {}

    /** Transformer blocks, forward. */
    static double blocks(int depth, double dim, int ratio, double tokens) {
        return depth * (2 * tokens * (4 + 2 * ratio) * dim * dim + 4 * tokens * tokens * dim);
    }

    /** The encoder's blocks, forward. */
    static double blocks(SslamConfig c, double tokens) {
        return blocks(c.depth(), c.embedDim(), c.mlpRatio(), tokens);
    }

    /** The convolutional decoder at all positions, forward. */
    static double decoder(SslamConfig c, int tokens) {
        DecoderConfig d = c.decoder();
        double sum = 0;
        double in = c.embedDim();
        for (int i = 0; i < d.layers(); i++) {
            sum += 2.0 * tokens * d.dim() * in / d.groups() * d.kernel() * d.kernel();
            in = d.dim();
        }
        return sum + 2.0 * tokens * d.dim() * c.embedDim();
    }

    /** The patch embedding of a clip, forward. */
    static double patches(SslamConfig c, int tokens) {
        return 2.0 * tokens * c.embedDim() * c.patchSize() * c.patchSize();
    }

    /** A clip through the frozen encoder, GFLOP. */
    static double embed(SslamConfig c, int tokens) {
        return (blocks(c, 1 + tokens) + patches(c, tokens)) / GIGA;
    }

    /**
     * A clip of SSLAM's first stage, forward, backward and teacher, GFLOP.
     *
     * @param visible K
     */
    static double stageOne(SslamConfig c, int clones, int tokens, int visible) {
        double student = TRAINED * clones * (blocks(c, 1 + visible) + decoder(c, tokens));
        return (student + blocks(c, 1 + tokens) + 3 * patches(c, tokens)) / GIGA;
    }

    /**
     * A clip of SSLAM's second stage with its mixture, GFLOP.
     *
     * @param visible K
     * @param mixed X
     */
    static double stageTwo(SslamConfig c, int clones, int tokens, int visible, int mixed) {
        double student = 2 * TRAINED * clones * (blocks(c, 1 + visible) + decoder(c, tokens));
        double teacher = 2 * blocks(c, 1 + tokens) + blocks(c, 1 + mixed);
        return (student + teacher + 6 * patches(c, tokens)) / GIGA;
    }

    /**
     * A clip of MW-MAE, forward and backward, GFLOP; decoder attention within its windows, all patches embedded and
     * predicted.
     *
     * @param seen patches that the encoder sees
     * @param windows of the decoder's heads
     */
    static double mwmae(MwmaeConfig c, int tokens, int seen, List<Integer> windows) {
        double width = c.decoder().dim();
        double reach = windows.stream()
                .mapToDouble(w -> w == Windows.GLOBAL ? tokens : w)
                .sum();
        double maps = 2.0 * tokens * (4 + 2 * c.mlpRatio()) * width * width;
        double scores = 4.0 * tokens * reach * width / windows.size();
        double decoder = c.decoder().depth() * (maps + scores);
        double ends = 2.0 * tokens * c.patchCells() * (c.embedDim() + width) + 2.0 * seen * c.embedDim() * width;
        double encoder = blocks(c.depth(), c.embedDim(), c.mlpRatio(), seen);
        return TRAINED * (encoder + decoder + ends) / GIGA;
    }
}
