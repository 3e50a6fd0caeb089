package org.sslam.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;

/** Pre-training of seconds: a few thousand weights, ten synthesised clips of 0.7 s, chunks of 40 frames. */
final class TinyMwmae {
    private static final Path CONFIGS = Path.of("..", "configs", "mwmae");

    private final Path labels;

    TinyMwmae(Path folder) {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(1, 2, 2);
        labels = SoundscapeWriter.write(folder.resolve("sounds"), spec, 1, 10, ProgressListener.NONE)
                .labels();
    }

    ConfigTree config(String recipe, Path output, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "output=" + output,
                "data.path=" + labels,
                "data.format=auto",
                "threads=1",
                "frontEnd.frames=40",
                "model.embedDim=24",
                "model.depth=2",
                "model.numHeads=2",
                "model.patchFrames=4",
                "model.patchBins=16",
                "model.decoder.dim=48",
                "optimizer.batchSize=4",
                "optimizer.warmupUpdates=1",
                "optimizer.maxUpdates=7",
                "loop.logEvery=1",
                "loop.checkpointEvery=3"));
        overrides.addAll(List.of(more));
        return Config.load(CONFIGS.resolve(recipe), overrides);
    }
}
