package org.sslam.train.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.BatchStream;
import org.sslam.audio.load.EpochOrder;
import org.sslam.audio.load.EpochPlan;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.split.Split;
import org.sslam.audio.split.TrainingClips;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.core.random.Seeds;
import org.sslam.core.run.Provenance;
import org.sslam.core.run.RunDirectory;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.TokenEncoderFamily;
import org.sslam.models.zoo.ClassifierFiles;
import org.sslam.train.distributed.GradientReducer;
import org.sslam.train.distributed.SingleProcess;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.Finetuning;
import org.sslam.train.finetune.FrozenFeatures;
import org.sslam.train.finetune.HeadInput;
import org.sslam.train.finetune.Scoring;
import org.sslam.train.finetune.SelectionConfig;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.Trainer;
import org.sslam.train.optim.OptimizerConfig;

/**
 * One training of a classifier on one split with one seed: starts, or goes on from the newest whole checkpoint of its
 * folder, scores the monitored clips after every epoch, and leaves the chosen epoch's model.
 *
 * <p>A run that was stopped or killed and started again ends with the uninterrupted run's weights to the bit (on the
 * CPU). A finished run keeps its model and drops its checkpoints.
 */
public final class FinetuneRun {
    /** What may change between two starts of a run; the weights of the encoder are compared by their hash. */
    private static final Set<String> FREE_KEYS = Set.of(
            "output ",
            "encoder ",
            "seeds ",
            "device ",
            "threads ",
            "loop.",
            "data.folds ",
            "data.loaderThreads ",
            "data.prefetchBatches ",
            "data.cacheMegabytes ",
            "data.quarantineLimit ");

    private static final String ENCODER = "encoder";

    private final FinetuneTask task;
    private final Split split;
    private final long seed;
    private final String version;
    private final Consumer<String> notices;
    private final GradientReducer reducer = new SingleProcess();

    /**
     * @param version of the program, for the provenance
     * @param notices receives lines that a person should read
     */
    public FinetuneRun(FinetuneTask task, Split split, long seed, String version, Consumer<String> notices) {
        this.task = task;
        this.split = split;
        this.seed = seed;
        this.version = version;
        this.notices = notices;
    }

    /** The run's own folder inside the output. */
    public Path folder() {
        String fold = split.fold().isPresent() ? "-fold-" + split.fold().getAsInt() : "";
        return task.config().output().resolve("seed-" + seed + fold);
    }

    /**
     * Trains what is not trained yet.
     *
     * @param features of every clip, where the frozen encoder's are kept; asked for only if there is work
     * @return empty if a stop was asked for
     * @throws UserException for whatever the user can mend; what was saved stays
     */
    public Optional<FinishedRun> run(Supplier<Optional<FrozenFeatures>> features, StopSignal stop) {
        FinetuneConfig config = task.config();
        Torch.start(config.engineThreads());
        Provenance provenance = RunProvenance.of(
                version,
                config,
                task.dataHash(),
                seed,
                config.device(),
                config.engineThreads(),
                Map.of(ENCODER, task.encoder().hash()));
        try (RunDirectory folder = RunDirectory.open(folder(), config, provenance, FREE_KEYS)) {
            refuseOtherEncoder(folder);
            Optional<FinishedRun> finished = FinishedRun.read(folder());
            if (finished.isPresent()) {
                notices.accept(folder() + " is finished: all " + finished.get().updates() + " updates are done");
                return finished;
            }
            RunProvenance.compare(folder.provenance(), provenance, notices);
            Optional<FrozenFeatures> kept = features.get();
            try (NDManager root = NDManager.newBaseManager(Torch.device(config.device()))) {
                return train(folder, root, kept, stop);
            }
        }
    }

    private void refuseOtherEncoder(RunDirectory folder) {
        String begun = folder.provenance().versions().get(ENCODER);
        if (folder.reopened() && !task.encoder().hash().equals(begun)) {
            throw new UserException("run folder " + folder() + " belongs to a run with another encoder (hash " + begun
                    + ", now " + task.encoder().hash() + "); name that one, or choose another output");
        }
    }

    private Optional<FinishedRun> train(
            RunDirectory folder, NDManager root, Optional<FrozenFeatures> features, StopSignal stop) {
        FinetuneConfig config = task.config();
        Ops ops = new ScriptOps(config.precision());
        ScriptTensorLists lists = new ScriptTensorLists(config.engineThreads());
        NDManager weights = root.newSubManager();
        TokenEncoderFamily.Loaded encoder = task.encoder().load(weights, seed);
        Torch.seed(Seeds.of(seed, "head"));
        Classifier classifier = new Classifier(
                new Init(weights),
                encoder.encoder(),
                task.targets().labels().size(),
                config.head().pooling(),
                config.head().std());
        ClipStreams streams = new ClipStreams(new FrontEnd(encoder.frontEnd()), features);
        HeadInput input = streams.input(classifier, ops);
        ClipSource train = streams.readable(split.train());
        EpochOrder order = config.sampler().order(train, seed);
        OptimizerConfig optimizer = config.optimizerFor(order.length(train.size()));
        LoaderOptions options = LoaderOptions.training(optimizer.batchSize(), seed)
                .withData(config.data().loading())
                .withOrder(order)
                .withMixing(config.mixup().waveforms())
                .withRank(reducer.rank(), reducer.world());
        TrainingSession session = new TrainingSession(
                folder, new TrainingSession.Settings(optimizer, config.loop(), seed, reducer, lists), notices);
        EpochCurve curve =
                session.saved().map(saved -> EpochCurve.read(saved.path())).orElseGet(() -> new EpochCurve(List.of()));
        List<String> brokenBefore =
                session.saved().map(saved -> BrokenClips.read(saved.path())).orElse(List.of());
        Finetuning.Draws draws = new Finetuning.Draws(seed, reducer.rank());
        try (BatchStream batches = streams.open(
                        train, options.withStartPosition(session.start().batches()));
                Finetuning method =
                        new Finetuning(weights, ops, lists, classifier, input, train, task.targets(), config, draws);
                EpochMonitor monitor = new EpochMonitor(
                        task,
                        method,
                        EpochMonitor.watched(
                                config, split, streams, clips -> new Scoring(classifier, ops, root, input, clips)),
                        curve,
                        new BrokenClips(brokenBefore, () -> streams.broken(split.train(), batches)),
                        new EpochPlan(train.size(), options).batchesPerEpoch(),
                        optimizer.maxUpdates())) {
            if (session.run(root, method, batches, monitor, stop) == Trainer.Outcome.STOPPED) {
                return Optional.empty();
            }
            boolean best = config.selection().keep() == SelectionConfig.Keep.BEST;
            if (best) {
                method.restoreBest();
            }
            FinishedRun finished = new FinishedRun(
                    optimizer.maxUpdates(),
                    curve.values(),
                    best ? curve.best() : curve.epochs(),
                    monitor.broken().ids());
            finish(folder, classifier, encoder.frontEnd(), finished);
            return Optional.of(finished);
        }
    }

    /** The record comes last: where it stands, the model is complete. */
    private void finish(RunDirectory folder, Classifier classifier, FrontEndConfig frontEnd, FinishedRun finished) {
        ClassifierFiles.save(
                folder().resolve(FinishedRun.MODEL),
                new ClassifierFiles.Loaded(classifier, frontEnd, task.targets().labels(), notes()),
                Map.of("config.yaml", Config.dump(task.config()), TrainingClips.FILE, TrainingClips.text(split)));
        finished.write(folder());
        AtomicFiles.deleteTree(folder.checkpoints());
        AtomicFiles.createDirectories(folder.checkpoints());
    }

    private Map<String, String> notes() {
        FinetuneConfig config = task.config();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("task", config.task());
        notes.put("mode", config.mode().name().toLowerCase(Locale.ROOT));
        notes.put("encoder", task.encoder().name());
        notes.put("seed", Long.toString(seed));
        split.fold().ifPresent(fold -> notes.put("fold", Integer.toString(fold)));
        notes.put("labels", task.targets().single() ? "single" : "multi");
        return notes;
    }
}
