package org.sslam.eval.bench;

import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.ScriptOps;
import org.sslam.eval.embed.EncoderPass;
import org.sslam.eval.embed.Pooling;
import org.sslam.models.sslam.SslamAudioEncoder;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;

/** The pass that embedding makes, over ten-second log-mels of noise: 513 tokens a clip, mean of the patch tokens. */
final class EmbedJob implements BenchJob {
    private final NDManager root;
    private final EncoderPass pass;
    private final int frames;
    private final float[][] melsTF;

    EmbedJob(BenchOptions options) {
        Torch.start(options.threads());
        this.root = NDManager.newBaseManager(Torch.device(options.device()));
        FrontEndConfig c = BenchModels.frontEnd(options);
        SslamConfig config = BenchModels.config(options.size());
        SslamEncoder encoder = new SslamEncoder(new Init(root), config, c.melBins());
        this.pass = new EncoderPass(
                new SslamAudioEncoder(encoder, c), config.depth(), new ScriptOps(options.precision()), root);
        this.frames = c.frames();
        SplittableRandom random = new SplittableRandom(0);
        this.melsTF = new float[options.batch()][frames * c.melBins()];
        for (float[] mel : melsTF) {
            for (int i = 0; i < mel.length; i++) {
                mel[i] = (float) (2 * random.nextDouble() - 1);
            }
        }
    }

    @Override
    public void step() {
        pass.vectors(melsTF, frames, Pooling.MEAN);
    }

    @Override
    public void awaitDevice() {
        Torch.await(root);
    }

    @Override
    public void close() {
        pass.close();
    }
}
