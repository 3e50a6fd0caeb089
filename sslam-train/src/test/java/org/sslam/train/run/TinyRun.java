package org.sslam.train.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.config.Config;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.core.run.MetricLog;
import org.sslam.train.loop.StopSignal;
import org.sslam.train.loop.Trainer;
import org.sslam.train.sslam.SslamMethod;
import org.sslam.train.sslam.SslamRunConfig;

/** Runs of seconds: a network of a few thousand weights on synthesised clips of 0.7 s. */
final class TinyRun {
    /** Shrinks any recipe. */
    static final List<String> SIZES = List.of(
            "device=cpu",
            "threads=1",
            "precision=fp32",
            "data.format=auto",
            "data.loaderThreads=1",
            "frontEnd.frames=64",
            "frontEnd.rollAndMagnitude=true",
            "model.embedDim=16",
            "model.depth=2",
            "model.numHeads=2",
            "model.positionTimeSteps=8",
            "model.decoder.dim=16",
            "model.decoder.groups=4",
            "model.decoder.layers=2",
            "objective.clones=2",
            "objective.topKLocal=2",
            "optimizer.batchSize=4",
            "optimizer.warmupUpdates=1",
            "optimizer.maxUpdates=8",
            "loop.logEvery=2",
            "loop.checkpointEvery=3",
            "loop.keepLast=2",
            "loop.keepEvery=0");

    private static final String MINIMAL = "output: unset\ndata: {path: unset}\n";

    private final Path labels;
    private final Path minimal;

    TinyRun(Path folder) {
        minimal = folder.resolve("minimal.yaml");
        AtomicFiles.writeString(minimal, MINIMAL);
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(1, 2, 2);
        labels = SoundscapeWriter.write(folder.resolve("sounds"), spec, 1, 10, ProgressListener.NONE)
                .labels();
    }

    SslamRunConfig config(Path output, String... more) {
        return config(minimal, output, more);
    }

    SslamRunConfig config(Path recipe, Path output, String... more) {
        return Config.load(recipe, overrides(output, more)).bind(SslamRunConfig.class);
    }

    private List<String> overrides(Path output, String... more) {
        List<String> overrides = new ArrayList<>(SIZES);
        overrides.add("output=" + output);
        overrides.add("data.path=" + labels);
        overrides.addAll(List.of(more));
        return overrides;
    }

    static Trainer.Outcome run(SslamRunConfig config, List<String> notices) {
        try (StopSignal stop = new StopSignal()) {
            return new PretrainRun<>(new SslamMethod(), config, "test", notices::add).run(stop);
        }
    }

    /** Asks for a stop when the log has so many lines. */
    static Trainer.Outcome stopAfter(SslamRunConfig config, int updates, List<String> notices) {
        try (StopSignal stop = new StopSignal()) {
            Thread watcher = new Thread(() -> {
                Path metrics = config.output().resolve("metrics.jsonl");
                while (!stop.requested()
                        && (!Files.exists(metrics) || MetricLog.read(metrics).size() < updates)) {
                    Thread.onSpinWait();
                }
                stop.request();
            });
            watcher.setDaemon(true);
            watcher.start();
            return new PretrainRun<>(new SslamMethod(), config, "test", notices::add).run(stop);
        }
    }

    /** Hash of every tensor file of the newest checkpoint and of the encoder. */
    static Map<String, String> weights(Path output) {
        Map<String, String> hashes = new TreeMap<>();
        Path newest = newestCheckpoint(output);
        Stream.of("student", "teacher", "optimizer")
                .map(name -> newest.resolve(name + ".safetensors"))
                .forEach(file -> hashes.put(file.getFileName().toString(), Hashes.sha256(file)));
        hashes.put("encoder", Hashes.sha256(output.resolve("encoder").resolve("model.safetensors")));
        return hashes;
    }

    static Path newestCheckpoint(Path output) {
        File[] found = output.resolve("checkpoints").toFile().listFiles((dir, name) -> name.startsWith("step-"));
        return Stream.of(found).map(File::toPath).sorted().reduce((a, b) -> b).orElseThrow();
    }
}
