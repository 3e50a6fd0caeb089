package org.sslam.train.mwmae;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.config.Config;
import org.sslam.core.config.Key;
import org.sslam.core.ops.Precision;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.vit.PatchGrid;
import org.sslam.train.loop.LoopConfig;
import org.sslam.train.optim.OptimizerConfig;
import org.sslam.train.pretrain.PretrainConfig;

/** A whole pre-training run of MW-MAE or MAE as data: what one YAML file describes. */
public record MwmaeRunConfig(
        @Key(doc = "how to pre-train: mwmae", value = MwmaeMethod.NAME) String method,
        @Key(doc = "run folder: checkpoints, curves, the encoder; the same command continues it") Path output,
        @Key(doc = "seed of everything random", value = "1") long seed,
        @Key(doc = "cpu, gpu0, gpu1 ...", value = "cpu") String device,
        @Key(doc = "engine threads, 0 for all cores", value = "0") int threads,
        @Key(doc = "fp32 or bf16 products", value = "fp32") Precision precision,
        @Key(doc = "run or checkpoint folder whose encoder and decoder this run begins with") Optional<Path> initFrom,
        @Key(doc = "clips") DataConfig data,
        @Key(doc = "from waveform to log-mel") FrontEndConfig frontEnd,
        @Key(doc = "network sizes") MwmaeConfig model,
        @Key(doc = "what is hidden, what is predicted") ObjectiveConfig objective,
        @Key(doc = "optimiser and schedule") OptimizerConfig optimizer,
        @Key(doc = "logs, checkpoints, guards") LoopConfig loop)
        implements PretrainConfig {
    /** Checks what several sections must agree on. */
    public MwmaeRunConfig {
        PretrainConfig.check(method, MwmaeMethod.NAME, threads);
        PatchGrid grid = model.grid(frontEnd.frames(), frontEnd.melBins());
        model.checkTokens(grid.tokens());
        model.checkEncoderTokens(objective.mask(grid.tokens()).seen());
        model.checkEncoderTokens(grid.tokens());
    }

    /**
     * What was hidden when a network was trained.
     *
     * @param checkpoint folder with encoder and decoder; the published values where it holds no configuration, as imported
     *     weights do not
     * @throws org.sslam.core.UserException if its configuration cannot be read
     */
    public static ObjectiveConfig objectiveOf(Path checkpoint) {
        Path yaml = checkpoint.resolve("config.yaml");
        return Files.isRegularFile(yaml)
                ? Config.load(yaml, List.of()).bind(MwmaeRunConfig.class).objective()
                : ObjectiveConfig.published();
    }
}
