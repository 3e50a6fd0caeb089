package org.sslam.eval.bench;

import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.mix.MixExtent;
import org.sslam.audio.mix.MixKind;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.models.mask.MaskConfig;
import org.sslam.models.sslam.RetentionTarget;
import org.sslam.train.objective.GlobalReduction;
import org.sslam.train.optim.EmaConfig;
import org.sslam.train.sslam.MixItConfig;
import org.sslam.train.sslam.MixingConfig;
import org.sslam.train.sslam.ObjectiveConfig;
import org.sslam.train.sslam.SslamPretraining;
import org.sslam.train.sslam.Variant;

/** Updates of SSLAM, stage 1 or 2. */
final class SslamUpdate {
    private SslamUpdate() {}

    static BenchJob job(BenchOptions options, boolean stageTwo) {
        FrontEndConfig frontEnd = BenchModels.frontEnd(options);
        SslamPretraining.Settings settings = new SslamPretraining.Settings(
                BenchModels.config(options.size()),
                MaskConfig.published(),
                objective(options.clones(), stageTwo),
                new EmaConfig(0.9998, 0.99999, 100_000),
                0,
                0);
        return new StepJob(
                options,
                frontEnd,
                StepJob.recipe(options, 0.95, EpsPlacement.UNCORRECTED, 4),
                (root, ops, lists) -> new SslamPretraining(root, ops, lists, new FrontEnd(frontEnd), settings));
    }

    private static ObjectiveConfig objective(int clones, boolean stageTwo) {
        return new ObjectiveConfig(
                stageTwo ? Variant.SSLAM : Variant.MB_UA,
                clones,
                0,
                stageTwo ? 1 : 0,
                1,
                1,
                1,
                1,
                1,
                0,
                RetentionTarget.Combination.MEAN,
                GlobalReduction.SUM_PER_SHARD,
                0,
                new MixingConfig(MixKind.LOGMEL_MAX, MixExtent.PARTIAL, 1),
                new MixItConfig(false, 4));
    }
}
