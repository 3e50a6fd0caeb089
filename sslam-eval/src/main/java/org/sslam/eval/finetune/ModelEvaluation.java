package org.sslam.eval.finetune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.split.TaskClips;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.Key;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;
import org.sslam.core.ops.Precision;
import org.sslam.core.run.Provenance;
import org.sslam.eval.probe.EncoderComparison;
import org.sslam.eval.result.Coverage;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.ResultFile;
import org.sslam.eval.result.ScoreFile;
import org.sslam.eval.result.TestScores;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.zoo.ClassifierFiles;
import org.sslam.train.finetune.TaskTargets;
import org.sslam.train.run.FinishedRun;
import org.sslam.train.run.RunProvenance;

/**
 * One fine-tuned model on any labelled clips of its classes.
 *
 * @param model folder of the model, or of its run
 * @param data the clips
 * @param task name for the result; empty: the model's
 * @param batch clips at once
 * @param device what computes
 * @param engineThreads of the engine
 * @param precision of products
 */
public record ModelEvaluation(
        @Key(doc = "the model") Path model,
        @Key(doc = "the clips") DataConfig data,
        @Key(doc = "name for the result") String task,
        @Key(doc = "clips at once") int batch,
        @Key(doc = "cpu, gpu0, gpu1 ...") String device,
        @Key(doc = "engine threads") int engineThreads,
        @Key(doc = "fp32 or bf16 products") Precision precision) {
    private static final String SCORES = "scores.safetensors";
    private static final String CONFIG = "config.yaml";

    /**
     * Judges and writes {@code result.json} with the scores beside it.
     *
     * @throws UserException if there is no model, a clip has a label it does not know or is one it was trained on, or the
     *     output cannot be written
     */
    public EvaluationResult run(
            Path output, String version, Consumer<String> notices, EncoderComparison.Watcher watcher) {
        Path folder = folder();
        ClipSource source = ClipSources.open(data);
        ClassifierFiles.About model = ClassifierFiles.about(folder);
        TaskClips.checkJudged(source, model.labels(), folder);
        boolean single = "single".equals(model.notes().get("labels"));
        if (single && source.clips().stream().anyMatch(clip -> clip.labels().size() != 1)) {
            throw new UserException(TaskTargets.oddOne(source)
                    + ", but the model was trained to tell one class a clip; correct the list");
        }
        AtomicFiles.createDirectories(output);
        ModelJudge judge = new ModelJudge(
                device,
                engineThreads,
                precision,
                LoaderOptions.evaluation(batch).withData(data));
        ModelJudge.Judgement judgement = watcher.over("test", progress -> judge.judge(folder, source, progress));
        judgement
                .broken()
                .forEach(clip -> notices.accept("clip left out: " + clip.path() + " (" + clip.reason() + ")"));
        TestScores scores = judgement.scores();
        ScoreFile.write(output.resolve(SCORES), scores);
        int judged = scores.clips().size();
        EvaluationResult result = new EvaluationResult(
                task.isEmpty() ? model.notes().getOrDefault("task", "unnamed") : task,
                model.notes().getOrDefault("mode", "finetune"),
                model.notes().getOrDefault("encoder", "unnamed"),
                TaskMetrics.main(single),
                model.labels().displayNames(),
                new Coverage(judged, source.size(), judged, 0, 0),
                Config.dump(this),
                provenance(version, source, folder, model),
                List.of(run(scores, single, model.notes(), folder, JudgedClips.hash(source, scores))));
        ResultFile.write(output, result);
        return result;
    }

    private Provenance provenance(String version, ClipSource source, Path folder, ClassifierFiles.About model) {
        String weights = Hashes.sha256(folder.resolve(ModelFolder.WEIGHTS));
        return RunProvenance.of(
                version,
                this,
                DataHash.quick(source),
                seed(model.notes()),
                device,
                engineThreads,
                Map.of("model", weights));
    }

    private static EvaluationRun run(
            TestScores scores, boolean single, Map<String, String> notes, Path folder, String testHash) {
        OptionalInt fold =
                notes.containsKey("fold") ? OptionalInt.of(Integer.parseInt(notes.get("fold"))) : OptionalInt.empty();
        return new EvaluationRun(
                seed(notes),
                fold,
                TaskMetrics.main(single, scores.scoresNC(), scores.targetsNC()),
                TaskMetrics.all(single, scores.scoresNC(), scores.targetsNC()),
                List.of(),
                0,
                SCORES,
                EpochChoice.configured(trainingConfig(folder), fold.isPresent()),
                testHash);
    }

    /** What the model was trained by, empty if its folder does not say. */
    private static String trainingConfig(Path folder) {
        Path file = folder.resolve(CONFIG);
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    private static long seed(Map<String, String> notes) {
        return Long.parseLong(notes.getOrDefault("seed", "0"));
    }

    /** The model's own folder, or the one that its run left. */
    private Path folder() {
        if (Files.isRegularFile(model.resolve(ModelFolder.DESCRIPTION))) {
            return model;
        }
        Path inside = model.resolve(FinishedRun.MODEL);
        if (Files.isDirectory(inside)) {
            return inside;
        }
        List<String> runs = runsIn(model);
        throw new UserException(model + " holds no model; name the folder 'model' of a finished fine-tuning run"
                + (runs.isEmpty() ? "" : ", for example of " + runs.get(0)));
    }

    private static List<String> runsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry.resolve(FinishedRun.MODEL)))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw IoErrors.cannotRead(folder, e);
        }
    }
}
