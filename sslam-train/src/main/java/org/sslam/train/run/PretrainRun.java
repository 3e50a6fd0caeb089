package org.sslam.train.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.load.BlockOrder;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.core.run.DataListing;
import org.sslam.core.run.Provenance;
import org.sslam.core.run.RunDirectory;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.zoo.ModelFolderReader;
import org.sslam.train.distributed.GradientReducer;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.loop.Checkpoints;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.Trainer;
import org.sslam.train.pretrain.PretrainConfig;
import org.sslam.train.pretrain.Pretraining;
import org.sslam.train.pretrain.PretrainingFamily;

/**
 * One pre-training run: starts, or continues from the newest whole checkpoint of its folder, and leaves an encoder.
 *
 * <p>The run folder holds everything; running the same configuration again after a crash goes on and ends with the same
 * weights to the bit (on the CPU).
 *
 * @param <C> configuration of the method
 */
public final class PretrainRun<C extends Record & PretrainConfig> {
    /** What may change between two starts of a run: at most last bits depend on it, and those that do are told. */
    private static final Set<String> FREE_KEYS = Set.of(
            "output ",
            "device ",
            "threads ",
            "loop.",
            "data.loaderThreads ",
            "data.prefetchBatches ",
            "data.cacheMegabytes ",
            "data.quarantineLimit ");

    private final PretrainingFamily<C> family;
    private final C config;
    private final String version;
    private final Consumer<String> notices;
    private final GradientReducer reducer = new SingleProcess();

    /**
     * @param family the method
     * @param version of the program, for the provenance
     * @param notices receives lines that a person should read
     */
    public PretrainRun(PretrainingFamily<C> family, C config, String version, Consumer<String> notices) {
        this.family = family;
        this.config = config;
        this.version = version;
        this.notices = notices;
    }

    /**
     * The run that a configuration describes, its {@code method} decided.
     *
     * @throws UserException if the configuration is wrong
     */
    public static PretrainRun<?> of(ConfigTree tree, String version, Consumer<String> notices) {
        return of(PretrainMethods.of(tree), tree, version, notices);
    }

    private static <C extends Record & PretrainConfig> PretrainRun<C> of(
            PretrainingFamily<C> family, ConfigTree tree, String version, Consumer<String> notices) {
        return new PretrainRun<>(family, tree.bind(family.configType()), version, notices);
    }

    /** What the run is set to. */
    public C config() {
        return config;
    }

    /**
     * Trains to the end, or until a stop is asked for.
     *
     * @throws UserException for whatever the user can mend; what was saved stays
     */
    public Trainer.Outcome run(StopSignal stop) {
        ClipSource source = ClipSources.open(config.data());
        LoaderOptions loading = loaderOptions(source);
        ClipLoader.requireReadable(source, config.frontEnd(), loading);
        Torch.start(config.engineThreads());
        DataListing data = DataHash.sizes(source);
        Provenance provenance = RunProvenance.of(
                version, config, DataHash.of(data), config.seed(), config.device(), config.engineThreads(), Map.of());
        try (RunDirectory folder = RunDirectory.open(config.output(), config, provenance, FREE_KEYS, data);
                NDManager root = NDManager.newBaseManager(Torch.device(config.device()))) {
            RunProvenance.compare(folder.provenance(), provenance, notices);
            FrontEnd frontEnd = new FrontEnd(config.frontEnd());
            ScriptTensorLists lists = new ScriptTensorLists(config.engineThreads());
            TrainingSession session = new TrainingSession(
                    folder,
                    new TrainingSession.Settings(config.optimizer(), config.loop(), config.seed(), reducer, lists),
                    notices);
            PretrainingFamily.Parts parts =
                    new PretrainingFamily.Parts(new ScriptOps(config.precision()), lists, frontEnd, reducer.rank());
            try (Pretraining method = family.create(root, config, parts)) {
                if (session.saved().isEmpty()) {
                    config.initFrom().ifPresent(from -> begin(method, from));
                }
                Trainer.Outcome outcome;
                try (ClipLoader loader = ClipLoader.open(
                        source,
                        frontEnd,
                        loading.withStartPosition(session.start().batches()))) {
                    outcome = session.run(root, method, loader, () -> texts(method), stop);
                }
                if (outcome == Trainer.Outcome.FINISHED) {
                    method.saveEncoder(folder.folder().resolve("encoder"));
                }
                return outcome;
            }
        }
    }

    private LoaderOptions loaderOptions(ClipSource source) {
        LoaderOptions options = LoaderOptions.training(config.optimizer().batchSize(), config.seed())
                .withData(config.data())
                .withOrder(BlockOrder.shuffled(source, config.seed()))
                .withRank(reducer.rank(), reducer.world());
        return family.loading(config, options);
    }

    private void begin(Pretraining method, Path from) {
        if (!Files.isDirectory(from)) {
            throw new UserException("initFrom names " + from
                    + ", which is not a folder; give a finished run or one of its checkpoints");
        }
        Path checkpoint = ModelFolderReader.isImportedNetwork(from)
                ? from
                : Checkpoints.of(from, notices).path();
        method.begin(checkpoint, notices);
        notices.accept("the weights begin with " + checkpoint);
    }

    private Map<String, String> texts(Pretraining method) {
        return Map.of(EncoderFiles.DESCRIPTION, method.description(), "config.yaml", Config.dump(config));
    }
}
