package org.sslam.eval.finetune;

import com.google.common.base.Suppliers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sslam.audio.data.Clip;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.load.Quarantined;
import org.sslam.audio.split.Split;
import org.sslam.audio.split.TaskClips;
import org.sslam.audio.split.TrainingClips;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.run.Provenance;
import org.sslam.core.run.RunDirectory;
import org.sslam.eval.probe.EncoderComparison;
import org.sslam.eval.result.Coverage;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.ResultFile;
import org.sslam.eval.result.ScoreFile;
import org.sslam.eval.result.TestScores;
import org.sslam.train.finetune.EncoderChoice;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.FrozenFeatures;
import org.sslam.train.finetune.Mode;
import org.sslam.train.finetune.TaskTargets;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.run.FeaturePass;
import org.sslam.train.run.FinetuneRun;
import org.sslam.train.run.FinetuneTask;
import org.sslam.train.run.FinishedRun;

/**
 * An encoder on a task: trains and judges every seed and fold that is not done yet, and writes {@code result.json}.
 *
 * <pre>
 * OUTPUT/result.json                        every run's figures, coverage, hashes, configuration
 * OUTPUT/scores-seed-S[-fold-F].safetensors test scores
 * OUTPUT/seed-S[-fold-F]/                   the run: metrics.jsonl, checkpoints while it runs, model/ in the end
 * </pre>
 */
public final class TaskEvaluation {
    private static final String SCORES = "scores-";
    private static final String SCORES_HASH = "scores.sha256";

    private final FinetuneConfig config;
    private final String version;
    private final Consumer<String> notices;
    private final EncoderComparison.Watcher watcher;
    private final Set<String> broken = new HashSet<>();
    private final Set<String> judgedClips = new HashSet<>();
    private boolean changed;

    /**
     * @param version of the program, for the provenance
     * @param notices receives lines that a person should read
     * @param watcher shows passes over test clips
     */
    public TaskEvaluation(
            FinetuneConfig config, String version, Consumer<String> notices, EncoderComparison.Watcher watcher) {
        this.config = config;
        this.version = version;
        this.notices = notices;
        this.watcher = watcher;
    }

    /**
     * Does everything that is not done yet.
     *
     * @return empty if a stop was asked for
     */
    public Optional<EvaluationResult> run(StopSignal stop) {
        TaskClips clips = TaskClips.open(config.data(), notices);
        TaskTargets targets = TaskTargets.of(config.head(), clips.labels(), clips.all());
        EncoderChoice encoder = EncoderChoice.of(config);
        encoder.folder()
                .ifPresent(folder -> clips.splits().forEach(split -> TrainingClips.refuse(folder, split.eval())));
        FinetuneTask task = new FinetuneTask(
                config,
                clips,
                clips.hash(),
                targets,
                encoder,
                TaskMetrics.main(targets.single()),
                (logits, right) -> TaskMetrics.main(targets.single(), logits, right));
        tellMode(task);
        List<EvaluationRun> runs = new ArrayList<>();
        Supplier<Optional<FrozenFeatures>> features =
                features(task, config.seeds().get(0));
        for (long seed : config.seeds()) {
            if (task.encoder().isRandom()) {
                features = features(task, seed);
            }
            for (Split split : clips.splits()) {
                FinetuneRun run = new FinetuneRun(task, split, seed, version, notices);
                Optional<FinishedRun> finished = run.run(features, stop);
                if (finished.isEmpty()) {
                    return Optional.empty();
                }
                runs.add(judged(task, split, seed, run.folder(), finished.get()));
            }
        }
        Optional<EvaluationResult> before =
                changed ? Optional.empty() : written().filter(r -> r.runs().equals(runs));
        if (before.isPresent()) {
            return before;
        }
        EvaluationResult result = result(task, runs);
        ResultFile.write(config.output(), result);
        return Optional.of(result);
    }

    /** The result of an earlier start; a damaged one is written anew. */
    private Optional<EvaluationResult> written() {
        Path file = config.output().resolve(ResultFile.NAME);
        try {
            return Files.isRegularFile(file) ? Optional.of(ResultFile.read(file)) : Optional.empty();
        } catch (UserException damaged) {
            notices.accept(damaged.getMessage() + ": it is written anew");
            return Optional.empty();
        }
    }

    private void tellMode(FinetuneTask task) {
        String rate = config.mode() == Mode.LINEAR
                ? "linear evaluation: head only, rate " + config.linear().learningRate()
                        + " (linear.learningRate), warm-up " + config.linear().warmupUpdates()
                : "fine-tuning: rate " + config.optimizer().learningRate() + ", layer decay " + config.layerDecay();
        notices.accept(config.task() + ", encoder " + task.encoder().name() + ", " + rate + "; "
                + task.clips().splits().get(0).train().size() + " training clips, "
                + task.targets().labels().size() + " classes, "
                + (task.targets().single() ? "one a clip" : "any number a clip"));
    }

    /** One pass for all folds and, unless weights are drawn anew, for all seeds; none before it is needed. */
    private Supplier<Optional<FrozenFeatures>> features(FinetuneTask task, long seed) {
        if (!config.cacheFeatures()) {
            return Optional::empty;
        }
        return Suppliers.memoize(() -> Optional.of(FeaturePass.of(task, seed, notices)));
    }

    private EvaluationRun judged(FinetuneTask task, Split split, long seed, Path folder, FinishedRun finished) {
        String name = SCORES + folder.getFileName() + ".safetensors";
        TestScores scores = scores(folder, split, config.output().resolve(name));
        judgedClips.addAll(scores.clips());
        Set<String> scored = new HashSet<>(scores.clips());
        split.eval().clips().stream()
                .map(Clip::id)
                .filter(id -> !scored.contains(id))
                .forEach(broken::add);
        broken.addAll(finished.broken());
        boolean single = task.targets().single();
        Map<String, Double> figures = TaskMetrics.all(single, scores.scoresNC(), scores.targetsNC());
        return new EvaluationRun(
                seed,
                split.fold(),
                TaskMetrics.main(single, scores.scoresNC(), scores.targetsNC()),
                figures,
                finished.curve(),
                finished.chosenEpoch(),
                name,
                Optional.of(EpochChoice.of(config.selection(), split.valid().isPresent())),
                JudgedClips.hash(split.eval(), scores));
    }

    /** Scores are taken again unless the run itself remembers their hash: a folder may have been trained anew. */
    private TestScores scores(Path folder, Split split, Path file) {
        Path remembered = folder.resolve(SCORES_HASH);
        if (ScoreMark.holds(remembered, file)) {
            return ScoreFile.read(file);
        }
        LoaderOptions loading = LoaderOptions.evaluation(config.optimizer().batchSize())
                .withData(config.data().loading());
        ModelJudge judge = new ModelJudge(config.device(), config.engineThreads(), config.precision(), loading);
        ModelJudge.Judgement judgement = watcher.over(
                folder.getFileName() + " test",
                progress -> judge.judge(folder.resolve(FinishedRun.MODEL), split.eval(), progress));
        for (Quarantined clip : judgement.broken()) {
            notices.accept("test clip left out: " + clip.path() + " (" + clip.reason() + ")");
        }
        changed = true;
        ScoreFile.write(file, judgement.scores());
        ScoreMark.write(remembered, file);
        return judgement.scores();
    }

    private EvaluationResult result(FinetuneTask task, List<EvaluationRun> runs) {
        TaskClips clips = task.clips();
        int listed = clips.all().size();
        long folds = runs.stream()
                .flatMap(run -> run.fold().stream().boxed())
                .distinct()
                .count();
        return new EvaluationResult(
                config.task(),
                config.mode() == Mode.LINEAR ? "linear" : "finetune",
                task.encoder().name(),
                task.figureName(),
                task.targets().labels().displayNames(),
                new Coverage(listed - broken.size(), clips.expected(), judgedClips.size(), (int) folds, clips.folds()),
                Config.dump(config),
                provenance(task),
                runs);
    }

    /** When, where and on what the first of the runs began, whatever start of the command writes the result. */
    private Provenance provenance(FinetuneTask task) {
        Split first = task.clips().splits().get(0);
        FinetuneRun run = new FinetuneRun(task, first, config.seeds().get(0), version, notices);
        Provenance begun = RunDirectory.provenance(run.folder());
        return new Provenance(
                begun.projectVersion(),
                Config.hash(config),
                begun.dataHash(),
                begun.seed(),
                begun.device(),
                begun.versions(),
                begun.startTime());
    }
}
