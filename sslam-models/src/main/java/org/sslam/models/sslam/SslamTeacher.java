package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;

/**
 * The moving average of the student's encoder and the targets it gives; never records gradients.
 *
 * <p>Source: SSLAM paper, sections 3.1 and 3.3.
 */
public final class SslamTeacher {
    private final SslamEncoder encoder;

    /**
     * Targets of whole clips.
     *
     * @param localBLD target of the decoder, from the last kLocal blocks
     * @param globalBD target of CLS: token mean of the target from the last kGlobal blocks
     */
    public record Targets(NDArray localBLD, NDArray globalBD) {}

    /**
     * @param encoder the averaged encoder
     */
    public SslamTeacher(SslamEncoder encoder) {
        this.encoder = encoder;
    }

    /** The averaged encoder. */
    public SslamEncoder encoder() {
        return encoder;
    }

    /** Patch tokens with positions, (B, 1, T, F) to (B, L, D), without a graph. */
    public NDArray tokens(Ops ops, NDArray xB1TF) {
        return GradMode.off(() -> encoder.tokens(ops, xB1TF));
    }

    /**
     * Targets of unmasked clips.
     *
     * @param tokensBLD from {@link #tokens}
     * @param kLocal blocks averaged for the local target
     * @param kGlobal blocks averaged for the global target
     */
    public Targets targets(Ops ops, NDArray tokensBLD, int kLocal, int kGlobal) {
        return GradMode.off(() -> targetsUnrecorded(ops, tokensBLD, kLocal, kGlobal));
    }

    private Targets targetsUnrecorded(Ops ops, NDArray tokensBLD, int kLocal, int kGlobal) {
        int depth = encoder.config().depth();
        try (TargetSum local = new TargetSum(kLocal);
                TargetSum global = new TargetSum(kGlobal);
                NDArray x = encoder.withCls(ops, tokensBLD)) {
            encoder.blocks(ops, x, (index, output) -> {
                        try (NDArray ffn = TargetSum.withoutCls(output.ffn())) {
                            addIfLast(local, kLocal, ops, ffn, index, depth);
                            if (kGlobal != kLocal) {
                                addIfLast(global, kGlobal, ops, ffn, index, depth);
                            }
                        }
                    })
                    .close();
            NDArray localBLD = local.target(ops);
            if (kGlobal == kLocal) {
                return new Targets(localBLD, localBLD.mean(new int[] {1}));
            }
            try (NDArray globalBLD = global.target(ops)) {
                return new Targets(localBLD, globalBLD.mean(new int[] {1}));
            }
        }
    }

    /**
     * Targets of some columns of unmixed clips: positions as in the whole clip, CLS kept, the other tokens taken away
     * after the layer norm in front of the blocks.
     *
     * @param tokensBLD from {@link #tokens}
     * @param keptTokens token numbers that stay, ascending
     * @param k blocks averaged
     * @return (B, N, D), N kept tokens
     */
    public NDArray partialTarget(Ops ops, NDArray tokensBLD, int[] keptTokens, int k) {
        return GradMode.off(() -> partialTargetUnrecorded(ops, tokensBLD, keptTokens, k));
    }

    private NDArray partialTargetUnrecorded(Ops ops, NDArray tokensBLD, int[] keptTokens, int k) {
        int depth = encoder.config().depth();
        try (TargetSum sum = new TargetSum(k);
                NDArray whole = encoder.withCls(ops, tokensBLD);
                NDArray part = dropTokens(ops, whole, keptTokens)) {
            encoder.blocks(ops, part, (index, output) -> {
                        try (NDArray ffn = TargetSum.withoutCls(output.ffn())) {
                            addIfLast(sum, k, ops, ffn, index, depth);
                        }
                    })
                    .close();
            return sum.target(ops);
        }
    }

    /** CLS and the kept tokens of (B, 1+L, D): (B, 1+N, D). */
    public static NDArray dropTokens(Ops ops, NDArray withClsBND, int[] keptTokens) {
        Shape s = withClsBND.getShape();
        int batch = (int) s.get(0);
        long[] rows = new long[batch * (keptTokens.length + 1)];
        int n = 0;
        for (int b = 0; b < batch; b++) {
            rows[n++] = b * s.get(1);
            for (int token : keptTokens) {
                rows[n++] = b * s.get(1) + 1 + token;
            }
        }
        try (NDArray flat = withClsBND.reshape(batch * s.get(1), s.get(2));
                NDArray index = Tensors.rows(withClsBND.getManager(), rows);
                NDArray kept = ops.takeRows(flat, index)) {
            return kept.reshape(batch, keptTokens.length + 1L, s.get(2));
        }
    }

    private static void addIfLast(TargetSum sum, int k, Ops ops, NDArray ffn, int index, int depth) {
        if (index >= depth - k) {
            sum.add(ops, ffn);
        }
    }
}
