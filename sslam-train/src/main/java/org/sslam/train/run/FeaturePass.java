package org.sslam.train.run;

import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.run.Progress;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.TokenEncoderFamily;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.FrozenFeatures;
import org.sslam.train.finetune.HeadInput;

/** Computes what a task's frozen encoder says of every clip, for all folds and, unless it is random, all seeds. */
public final class FeaturePass {
    private FeaturePass() {}

    /**
     * One pass over all clips of the task.
     *
     * @param seed of an encoder with fresh weights
     * @param notices receives a line for each clip that cannot be decoded
     */
    public static FrozenFeatures of(FinetuneTask task, long seed, Consumer<String> notices) {
        FinetuneConfig config = task.config();
        Torch.start(config.engineThreads());
        Ops ops = new ScriptOps(config.precision());
        try (NDManager manager = NDManager.newBaseManager(Torch.device(config.device()));
                Progress progress =
                        Progress.open("features", "clips", 0, task.clips().all().size())) {
            TokenEncoderFamily.Loaded encoder = task.encoder().load(manager, seed);
            Classifier pooling = new Classifier(
                    new Init(manager),
                    encoder.encoder(),
                    1,
                    config.head().pooling(),
                    config.head().std());
            FrozenFeatures features = FrozenFeatures.of(
                    task.clips().all(),
                    new FrontEnd(encoder.frontEnd()),
                    LoaderOptions.evaluation(config.optimizer().batchSize())
                            .withData(config.data().loading()),
                    HeadInput.ofMels(pooling, ops),
                    manager,
                    (done, total) -> progress.update(done, ""));
            features.broken()
                    .forEach(clip -> notices.accept("clip left out: " + clip.path() + " (" + clip.reason() + ")"));
            return features;
        }
    }
}
