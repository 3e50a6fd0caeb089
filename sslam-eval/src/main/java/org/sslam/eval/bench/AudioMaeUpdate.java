package org.sslam.eval.bench;

import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.DecoderConfig;
import org.sslam.models.audiomae.MaskingConfig;
import org.sslam.train.audiomae.AudioMaePretraining;
import org.sslam.train.audiomae.ReconstructionConfig;
import org.sslam.train.optim.OptimizerConfig;

/** Updates of Audio-MAE: 512 patches, a fifth of them seen, a decoder of shifted windows. */
final class AudioMaeUpdate {
    private static final int DECODER_DIM = 512;
    private static final int DECODER_HEADS = 16;

    private AudioMaeUpdate() {}

    static BenchJob job(BenchOptions options) {
        FrontEndConfig frontEnd = BenchModels.frontEnd(options);
        AudioMaePretraining.Settings settings = new AudioMaePretraining.Settings(
                model(options.size(), frontEnd.frames()),
                frontEnd,
                new MaskingConfig(MaskingConfig.Kind.RANDOM, 0.8, 0.7, 0.3),
                new ReconstructionConfig(true, 1, 0),
                0,
                0);
        OptimizerConfig recipe = StepJob.recipe(options, 0.95, EpsPlacement.CORRECTED, 0);
        return new StepJob(
                options, frontEnd, recipe, (root, ops, lists) -> new AudioMaePretraining(root, ops, settings));
    }

    private static AudioMaeConfig model(BenchOptions.Size size, int frames) {
        DecoderConfig decoder = new DecoderConfig(
                DecoderConfig.Kind.LOCAL, DECODER_DIM, DECODER_HEADS, 0, 4, 0, 0, DecoderConfig.Shift.TIME, 384, 0.1);
        return new AudioMaeConfig(
                size.dim(),
                size.depth(),
                size.heads(),
                4,
                16,
                16,
                frames,
                AudioMaeConfig.PositionOrder.REFERENCE,
                AudioMaeConfig.ShorterClips.FIRST_ROWS,
                1e-6,
                decoder);
    }
}
