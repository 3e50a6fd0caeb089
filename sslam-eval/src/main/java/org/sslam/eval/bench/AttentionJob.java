package org.sslam.eval.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Attention;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Parameter;
import org.sslam.core.nn.SelfAttention;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.mwmae.MultiWindowAttention;
import org.sslam.models.mwmae.WindowPlans;
import org.sslam.models.mwmae.Windows;

/**
 * One attention layer of MW-MAE's decoder forward and backward, with windows or without: 250 tokens, 384 wide, 8 heads.
 */
final class AttentionJob implements BenchJob {
    private static final int TOKENS = 250;
    private static final int DIM = 384;

    private final NDManager root;
    private final Ops ops;
    private final Attention layer;
    private final NDArray x;

    AttentionJob(BenchOptions options, boolean windows) {
        Torch.start(options.threads());
        this.root = NDManager.newBaseManager(Torch.device(options.device()));
        this.ops = new ScriptOps(options.precision());
        Init init = new Init(root);
        int heads = Windows.byRule(TOKENS).size();
        this.layer = windows
                ? new MultiWindowAttention(init, DIM, new WindowPlans(init, Windows.byRule(TOKENS), true, false))
                : new SelfAttention(Linear.xavier(init, DIM, 3L * DIM), Linear.xavier(init, DIM, DIM), heads);
        this.x = init.normal(1, options.batch(), TOKENS, DIM);
    }

    @Override
    public void step() {
        Parameter input = new Parameter(x);
        input.beginStep();
        layer.parameters().values().forEach(Parameter::beginStep);
        try (NDManager step = root.newSubManager();
                Recording recording = Recording.start()) {
            NDArray out = layer.forward(ops, input.value());
            out.attach(step);
            NDArray zeros = step.zeros(new Shape(out.getShape().getShape()));
            NDArray loss = ops.squaredError(out, zeros);
            loss.attach(step);
            recording.backward(loss);
        } finally {
            input.endStep();
            layer.parameters().values().forEach(Parameter::endStep);
        }
    }

    @Override
    public void awaitDevice() {
        Torch.await(root);
    }

    @Override
    public void close() {
        root.close();
    }
}
