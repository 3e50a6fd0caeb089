package org.sslam.eval.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.LogMelSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.BlockOrder;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.pack.PackOptions;
import org.sslam.audio.pack.ShardPacker;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;

/**
 * Batches of shuffled ten-second clips from shards, as training takes them: from FLAC (decoding, rolling and log-mel)
 * or from stored log-mels, which are rolled. The clips are soundscapes of the generator, packed into a folder that goes with the job; they are read
 * from the system's memory of the disk.
 */
final class ShardJob implements BenchJob {
    private static final int CLIPS = 256;
    private static final long SEED = 0;
    /** As the shipped recipes of SSLAM and Audio-MAE have it. */
    static final FrontEndConfig FRONT_END = FrontEndConfig.audioSet().withRollAndMagnitude();

    private final Path folder;
    private final ClipLoader loader;

    /** @param logMel where log-mels come from */
    ShardJob(BenchOptions options, LogMelSource logMel) {
        try {
            folder = Files.createTempDirectory("sslam-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean opened = false;
        try {
            loader = open(pack(logMel), options, logMel);
            opened = true;
        } finally {
            if (!opened) {
                AtomicFiles.deleteTree(folder);
            }
        }
    }

    private Path pack(LogMelSource logMel) {
        SoundscapeWriter.Summary sounds = SoundscapeWriter.write(
                folder.resolve("sounds"), SoundscapeSpec.standard(), SEED, CLIPS, ProgressListener.NONE);
        PackOptions options = new PackOptions(
                ShardCodec.FLAC,
                SoundscapeSpec.standard().sampleRateHz(),
                logMel.isStored() ? Optional.of(FRONT_END) : Optional.empty(),
                PackOptions.standard().shardMegabytes(),
                OptionalLong.of(SEED));
        Path shards = folder.resolve("shards");
        ShardPacker.Summary packed = new ShardPacker(options, AudioDecoders.standard(), 0)
                .pack(ClipSources.open(DataConfig.at(sounds.labels())), shards, ProgressListener.NONE);
        if (!packed.broken().isEmpty()) {
            throw new UserException(
                    "a made sound cannot be packed: " + packed.broken().get(0));
        }
        return shards;
    }

    private static ClipLoader open(Path shards, BenchOptions options, LogMelSource logMel) {
        ClipSource source = ClipSources.open(DataConfig.at(shards).withLogMel(logMel));
        LoaderOptions loading = LoaderOptions.training(options.batch(), SEED)
                .withThreads(options.threads(), LoaderOptions.training(1, SEED).prefetchBatches())
                .withOrder(BlockOrder.shuffled(source, SEED));
        return ClipLoader.open(source, new FrontEnd(FRONT_END), loading);
    }

    @Override
    public void step() {
        loader.next();
    }

    @Override
    public void close() {
        loader.close();
        AtomicFiles.deleteTree(folder);
    }
}
