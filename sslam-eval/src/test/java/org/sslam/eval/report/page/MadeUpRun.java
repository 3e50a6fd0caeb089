package org.sslam.eval.report.page;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.nn.Init;
import org.sslam.core.run.MetricLog;
import org.sslam.eval.result.Results;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeEncoder;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.train.sslam.SslamRunConfig;

/** A run folder as pre-training leaves it, without the training: configuration, log, sounds and a tiny encoder. */
public final class MadeUpRun {
    private static final List<String> SIZES = List.of(
            "frontEnd.frames=128",
            "model.embedDim=16",
            "model.depth=2",
            "model.numHeads=2",
            "model.positionTimeSteps=8",
            "objective.topKLocal=2");

    private static final String AUDIO_MAE = "{embedDim: 16, depth: 2, numHeads: 2, patchSize: 16, patchStride: 16,"
            + " positionFrames: 128, decoder: {dim: 16, numHeads: 2, blocks: 1}}";

    private MadeUpRun() {}

    /** Labelled soundscapes of 1.3 s in a folder; the list of them. */
    public static Path sounds(Path folder) {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(1.3).withEvents(1, 2, 2);
        return SoundscapeWriter.write(folder, spec, 1, 9, ProgressListener.NONE).labels();
    }

    /** Writes the folder. */
    public static Path write(Path folder, Path sounds) {
        List<String> overrides = new ArrayList<>(SIZES);
        overrides.add("output=" + folder);
        overrides.add("data.path=" + sounds);
        Path minimal = folder.resolveSibling("minimal.yaml");
        AtomicFiles.writeString(minimal, "output: unset\ndata: {path: unset}\n");
        SslamRunConfig config = Config.load(minimal, overrides).bind(SslamRunConfig.class);
        AtomicFiles.writeString(folder.resolve("config.yaml"), Config.dump(config));
        AtomicFiles.writeString(
                folder.resolve("provenance.json"), Results.provenance().toJson());
        try (MetricLog log = MetricLog.open(folder.resolve("metrics.jsonl"))) {
            for (int update = 10; update <= 900; update += 10) {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("loss", 900.0 / update);
                values.put("loss_global", 300.0 / update);
                values.put("loss_local", 600.0 / update);
                values.put("learning_rate", 1e-3);
                values.put("target_var", 0.8);
                values.put("pred_var", 0.5);
                log.append(update, values);
            }
        }
        encoder(folder.resolve("encoder"), config.model(), config.frontEnd());
        return folder;
    }

    /** Puts a tiny Audio-MAE encoder into a folder. */
    public static void audioMaeEncoder(Path folder) {
        Torch.start();
        Torch.seed(1);
        FrontEndConfig frontEnd = FrontEndConfig.audioSet().withFrames(128);
        AudioMaeConfig sizes = Config.parse("test", AUDIO_MAE).bind(AudioMaeConfig.class);
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeFiles.save(
                    folder, new AudioMaeEncoder(new Init(manager), sizes, frontEnd.melBins(), true), frontEnd);
        }
    }

    private static void encoder(Path folder, SslamConfig model, FrontEndConfig frontEnd) {
        Torch.start();
        Torch.seed(1);
        try (NDManager manager = NDManager.newBaseManager()) {
            EncoderFiles.save(folder, new SslamEncoder(new Init(manager), model, frontEnd.melBins()), frontEnd);
        }
    }
}
