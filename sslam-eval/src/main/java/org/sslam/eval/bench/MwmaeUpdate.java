package org.sslam.eval.bench;

import java.util.List;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.models.mwmae.DecoderConfig;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.Windows;
import org.sslam.train.mwmae.MwmaePretraining;
import org.sslam.train.mwmae.ObjectiveConfig;

/** Updates of MW-MAE: 250 patches, 50 of them seen, a decoder of four blocks with eight windows. */
final class MwmaeUpdate {
    private static final int TOKENS = 250;
    private static final int SEEN = 50;

    private MwmaeUpdate() {}

    static BenchJob job(BenchOptions options) {
        FrontEndConfig frontEnd = FrontEndConfig.mwmae();
        MwmaePretraining.Settings settings =
                new MwmaePretraining.Settings(model(options.size()), frontEnd, new ObjectiveConfig(0.8, false), 0, 0);
        return new StepJob(
                options,
                frontEnd,
                StepJob.recipe(options, 0.999, EpsPlacement.CORRECTED, 0),
                (root, ops, lists) -> new MwmaePretraining(root, ops, settings));
    }

    static double gflopPerClip(BenchOptions.Size size) {
        return Flops.mwmae(model(size), TOKENS, SEEN, Windows.byRule(TOKENS));
    }

    private static MwmaeConfig model(BenchOptions.Size size) {
        return new MwmaeConfig(
                size.dim(),
                size.depth(),
                size.heads(),
                4,
                4,
                16,
                false,
                true,
                List.of(),
                1e-6,
                DecoderConfig.standard());
    }
}
