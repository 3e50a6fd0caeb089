package org.sslam.eval.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.sslam.SslamEncoder;

/** Frozen encoder over ten-second log-mels: 513 tokens a clip. */
final class EmbedJob implements BenchJob {
    private final NDManager root;
    private final Ops ops;
    private final SslamEncoder encoder;
    private final NDArray clips;

    EmbedJob(BenchOptions options) {
        Torch.start(options.threads());
        this.root = NDManager.newBaseManager(Torch.device(options.device()));
        this.ops = new ScriptOps(options.precision());
        FrontEndConfig c = FrontEndConfig.audioSet();
        this.encoder = new SslamEncoder(new Init(root), BenchModels.config(options.size()), c.melBins());
        this.clips = root.randomNormal(new Shape(options.batch(), 1, c.frames(), c.melBins()));
    }

    @Override
    public void step() {
        GradMode.off(() -> {
            try (NDManager step = root.newSubManager()) {
                NDArray x = clips.mul(1f);
                x.attach(step);
                encoder.features(ops, x).mean().getFloat();
            }
        });
    }

    @Override
    public void close() {
        root.close();
    }
}
