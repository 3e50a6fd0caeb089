package org.sslam.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.split.TaskClips;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.config.Config;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.train.finetune.EncoderChoice;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.FrozenFeatures;
import org.sslam.train.finetune.TaskTargets;
import org.sslam.train.loop.StopSignal;

/** Fine-tuning of seconds: a few thousand weights, synthesised clips of 0.7 s with one of three classes. */
final class TinyTask {
    /** Shrinks any recipe. */
    static final List<String> SIZES = List.of(
            "encoder=random",
            "device=cpu",
            "threads=1",
            "precision=fp32",
            "data.loaderThreads=1",
            "frontEnd.frames=64",
            "model.embedDim=16",
            "model.depth=2",
            "model.numHeads=2",
            "model.positionTimeSteps=8",
            "model.decoder.dim=16",
            "model.decoder.groups=4",
            "epochs=0",
            "linear.epochs=0",
            "optimizer.batchSize=4",
            "optimizer.accumulate=1",
            "optimizer.warmupUpdates=1",
            "optimizer.maxUpdates=8",
            "loop.logEvery=1",
            "loop.checkpointEvery=3");

    private static final List<String> CLASSES_OF_15 = List.of("0", "4", "9");
    private static final int PER_CLASS = 12;
    private static final String MINIMAL = "task: tiny\noutput: unset\nencoder: random\ndata: {folder: unset}\n";

    private final Path folder;
    private final Path minimal;

    TinyTask(Path folder) throws IOException {
        this.folder = folder.resolve("task");
        this.minimal = folder.resolve("minimal-task.yaml");
        AtomicFiles.writeString(minimal, MINIMAL);
        SoundscapeSpec spec = SoundscapeSpec.standard()
                .withDurationSeconds(0.7)
                .withEvents(1, 1, 1)
                .withSnrDb(20, 30);
        List<String> lines =
                Files.readAllLines(SoundscapeWriter.write(this.folder, spec, 1, 15 * PER_CLASS, ProgressListener.NONE)
                        .labels());
        List<String> train = new ArrayList<>(List.of("path,labels"));
        List<String> eval = new ArrayList<>(List.of("path,labels"));
        List<String> folds = new ArrayList<>(List.of("path,labels,fold"));
        for (int i = 1; i < lines.size(); i++) {
            if (CLASSES_OF_15.contains(Integer.toString((i - 1) % 15))) {
                String[] fields = lines.get(i).split(",");
                (fields[2].equals("4") ? eval : train).add(fields[0] + "," + fields[1]);
                folds.add(lines.get(i));
            }
        }
        Files.write(this.folder.resolve("train.csv"), train);
        Files.write(this.folder.resolve("eval.csv"), eval);
        Files.write(this.folder.resolve("folds.csv"), folds);
    }

    /** The folder with {@code train.csv} (27 clips), {@code eval.csv} (9) and {@code folds.csv} (36). */
    Path folder() {
        return folder;
    }

    FinetuneConfig config(Path output, String... more) {
        return config(minimal, output, folder, more);
    }

    FinetuneConfig config(Path recipe, Path output, Path data, String... more) {
        List<String> overrides = new ArrayList<>(SIZES);
        overrides.add("output=" + output);
        overrides.addAll(List.of(more));
        boolean lists = overrides.stream().anyMatch(o -> o.startsWith("data.train="));
        overrides.add("data.folder=" + (lists ? "null" : data));
        return Config.load(recipe, overrides).bind(FinetuneConfig.class);
    }

    /** The task of a configuration, judged by accuracy. */
    static FinetuneTask task(FinetuneConfig config, List<String> notices) {
        TaskClips clips = TaskClips.open(config.data(), notices::add);
        TaskTargets targets = TaskTargets.of(config.head(), clips.labels(), clips.all());
        return new FinetuneTask(
                config, clips, clips.hash(), targets, EncoderChoice.of(config), "accuracy", (logits, right) -> {
                    double hits = 0;
                    for (int i = 0; i < logits.length; i++) {
                        int best = 0;
                        for (int c = 1; c < logits[i].length; c++) {
                            best = logits[i][c] > logits[i][best] ? c : best;
                        }
                        hits += right[i][best] ? 1 : 0;
                    }
                    return hits / logits.length;
                });
    }

    static FinetuneRun run(FinetuneConfig config, List<String> notices) {
        FinetuneTask task = task(config, notices);
        return new FinetuneRun(
                task, task.clips().splits().get(0), config.seeds().get(0), "test", notices::add);
    }

    static Optional<FinishedRun> train(FinetuneConfig config, List<String> notices) {
        try (StopSignal stop = new StopSignal()) {
            return run(config, notices).run(() -> features(config, notices), stop);
        }
    }

    static Optional<FrozenFeatures> features(FinetuneConfig config, List<String> notices) {
        return config.cacheFeatures()
                ? Optional.of(
                        FeaturePass.of(task(config, notices), config.seeds().get(0), notices::add))
                : Optional.empty();
    }

    /** Hash of every file of the model that a run left, but for what names the run's folders. */
    static Map<String, String> model(FinetuneConfig config) {
        Map<String, String> hashes = new TreeMap<>();
        Path model = run(config, new ArrayList<>()).folder().resolve(FinishedRun.MODEL);
        for (String file : List.of("model.safetensors", "model.json", "training-clips.txt")) {
            hashes.put(file, Hashes.sha256(model.resolve(file)));
        }
        return hashes;
    }
}
