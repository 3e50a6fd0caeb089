package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.pack.PackOptions;
import org.sslam.audio.pack.ShardPacker;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.core.UserException;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.loop.Trainer;
import org.sslam.train.sslam.SslamRunConfig;

/** A packed set trains as its sounds do, and a run that stopped within an epoch goes on as if it had not. */
class ShardRunTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    Path folder;

    private Path pack(Path data) {
        Path shards = folder.resolve("shards");
        PackOptions options =
                new PackOptions(ShardCodec.FLAC, 16_000, Optional.of(FrontEndConfig.audioSet()), 1, OptionalLong.of(1));
        ShardPacker.Summary summary = new ShardPacker(options, AudioDecoders.standard(), 1)
                .pack(ClipSources.open(DataConfig.at(data)), shards, ProgressListener.NONE);
        assertEquals(0, summary.broken().size());
        return shards;
    }

    @Test
    void preTrainingResumesWithinAnEpoch() {
        TinyRun tiny = new TinyRun(folder);
        Path shards = pack(folder.resolve("sounds"));
        for (String from : List.of("computed", "stored", "stored-rolled")) {
            SslamRunConfig whole = config(tiny, shards, from, "whole-" + from, 7);
            assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(whole, notices));
            SslamRunConfig halted = config(tiny, shards, from, "halted-" + from, 7);
            // Ten clips in batches of four: the second update is the first epoch's, and not its last.
            assertEquals(Trainer.Outcome.STOPPED, TinyRun.stopAfter(halted, 1, notices));
            assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(halted, notices));
            assertEquals(TinyRun.weights(whole.output()), TinyRun.weights(halted.output()), from);
        }
    }

    /** A refusal must not leave a run folder, which would stand in the way of the mended configuration. */
    @Test
    void whatStoredLogMelsCannotStandForIsRefusedBeforeTheRunBegins() {
        TinyRun tiny = new TinyRun(folder);
        Path shards = pack(folder.resolve("sounds"));
        Path output = folder.resolve("refused");
        for (String key : List.of("frontEnd.rollAndMagnitude=true", "frontEnd.melBins=64", "frontEnd.lowHz=50")) {
            SslamRunConfig refused = tiny.config(
                    output, "data.path=" + shards, "data.logMel=stored", "frontEnd.rollAndMagnitude=false", key);
            String message = assertThrows(UserException.class, () -> TinyRun.run(refused, notices))
                    .getMessage();
            assertTrue(message.contains(key.substring(0, key.indexOf('='))), message);
            assertTrue(message.contains("set data.logMel: computed"), message);
            assertFalse(Files.exists(output));
        }
    }

    private SslamRunConfig config(TinyRun tiny, Path shards, String logMel, String output, int updates) {
        return tiny.config(
                folder.resolve(output),
                "data.path=" + shards,
                "data.logMel=" + logMel,
                "frontEnd.rollAndMagnitude=" + !logMel.equals("stored"),
                "optimizer.maxUpdates=" + updates);
    }

    @Test
    void fineTuningReadsItsFolds() throws IOException {
        TinyTask tiny = new TinyTask(folder);
        Path shards = pack(tiny.folder().resolve("folds.csv"));
        FinetuneConfig packed = tiny.config(
                folder.resolve("minimal-task.yaml"), folder.resolve("tuned"), shards, "optimizer.maxUpdates=3");
        FinishedRun finished = TinyTask.train(packed, notices).orElseThrow();
        assertTrue(finished.updates() > 0);
        assertEquals(
                List.of(),
                notices.stream().filter(n -> n.startsWith("clip left out")).toList());
    }
}
