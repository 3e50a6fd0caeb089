package org.sslam.models.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.core.engine.StepClock;
import org.sslam.core.nn.Attention;
import org.sslam.core.nn.HeadView;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.HeadGroup;
import org.sslam.core.ops.Ops;

/**
 * Multi-window multi-head attention: each head sees the consecutive tokens of its own window only.
 *
 * <pre>
 * head_i = softmax(q_i k_i^T / sqrt(D/H) + bias_i) v_i      within windows of w_i tokens; bias_i[query, key] depends on
 * y = proj(concat(head_1 .. head_H))                        their distance and is learned; global heads have none
 * </pre>
 *
 * <p>Children {@code qkv} (3D, D), {@code proj} (D, D), {@code attn_heads.N} with {@code relative_position_bias_table}
 * (2w-1, 1) for windowed heads. Heads are computed in a few fused calls, see {@link HeadRuns}.
 *
 * <p>Source: MW-MAE paper, section 3.2, whose equations have no bias; public code, WindowedMultiHeadAttention, which has.
 */
public final class MultiWindowAttention extends Attention {
    private static final double TABLE_VARIANCE = 0.02;

    private final Linear qkv;
    private final Linear proj;
    private final List<Head> heads;
    private final WindowPlans plans;

    /** What a windowed head has of its own. */
    private static final class Head extends Module {
        private final Parameter table;

        Head(Init init, int window) {
            int rows = ScoreIndex.tableRows(window);
            this.table = parameter(
                    "relative_position_bias_table", init.truncatedNormal(Math.sqrt(TABLE_VARIANCE / rows), rows, 1));
        }
    }

    /**
     * @param dim width D, a multiple of the number of windows
     * @param plans windows and their options
     */
    public MultiWindowAttention(Init init, int dim, WindowPlans plans) {
        List<Integer> windows = plans.windows();
        if (dim % windows.size() != 0) {
            throw new IllegalArgumentException(
                    "width " + dim + " is not a multiple of " + windows.size() + " heads, one for each window");
        }
        this.qkv = child("qkv", Linear.xavier(init, dim, 3L * dim));
        this.plans = plans;
        this.heads = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            boolean table = plans.tables() && windows.get(i) != Windows.GLOBAL;
            heads.add(table ? child("attn_heads." + i, new Head(init, windows.get(i))) : null);
        }
        this.proj = child("proj", Linear.xavier(init, dim, dim));
    }

    @Override
    public NDArray forward(Ops ops, NDArray xBND) {
        return StepClock.part("attention", () -> attend(ops, xBND));
    }

    private NDArray attend(Ops ops, NDArray xBND) {
        List<HeadGroup> groups = new ArrayList<>();
        try (NDList biases = new NDList()) {
            for (WindowPlans.Step step : plans.steps((int) xBND.getShape().get(1))) {
                groups.add(new HeadGroup(
                        step.run().heads(), step.run().chunk(), step.index().map(index -> {
                            NDArray bias = bias(ops, step.run(), index);
                            biases.add(bias);
                            return bias;
                        })));
            }
            return ops.attention(
                    xBND,
                    qkv.weight().value(),
                    qkv.bias().value(),
                    proj.weight().value(),
                    proj.bias().value(),
                    groups);
        }
    }

    @Override
    public HeadView view(Ops ops, NDArray xBND) {
        WindowPlans.Step whole = plans.whole((int) xBND.getShape().get(1));
        try (NDArray joint = qkv.forward(ops, xBND);
                NDArray bias = bias(ops, whole.run(), whole.index().orElseThrow())) {
            return HeadView.of(ops, joint, heads.size(), Optional.of(bias));
        }
    }

    private NDArray bias(Ops ops, HeadRuns.Run run, NDArray index) {
        NDList column = new NDList();
        for (Head head : heads.subList(run.first(), run.first() + run.heads())) {
            if (head != null) {
                column.add(head.table.value());
            }
        }
        column.add(plans.ends());
        try (NDArray joined = NDArrays.concat(column, 0);
                NDArray taken = ops.takeRows(joined, index)) {
            return taken.reshape(new Shape(run.heads(), run.chunk(), run.chunk()));
        }
    }
}
