package org.sslam.audio.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.load.Batch;
import org.sslam.audio.load.BlockOrder;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

class StoredMelsTest {
    private static final int CLIPS = 40;

    @TempDir
    Path folder;

    private static FrontEndConfig standard(FrontEndKind kind) {
        return kind == FrontEndKind.KALDI ? FrontEndConfig.audioSet() : FrontEndConfig.mwmae();
    }

    private Path pack(FrontEndKind kind) throws IOException {
        Path output = folder.resolve("shards-" + kind);
        PackedSounds.pack(
                PackedSounds.sounds(folder.resolve("sounds"), CLIPS),
                output,
                PackedSounds.options(ShardCodec.FLAC, Optional.of(standard(kind))));
        return output;
    }

    private static ClipSource stored(Path shards) {
        return ClipSources.open(Config.parse("test", "{path: '" + shards + "', logMel: stored, folds: [0, 1]}")
                .bind(DataConfig.class));
    }

    private static LoaderOptions options(ClipSource source) {
        return LoaderOptions.training(6, 5).withThreads(2, 2).withOrder(BlockOrder.shuffled(source, 5));
    }

    private static List<Batch> take(ClipSource source, FrontEndConfig frontEnd, LoaderOptions options) {
        try (ClipLoader loader = ClipLoader.open(source, new FrontEnd(frontEnd), options)) {
            return IntStream.range(0, 7).mapToObj(i -> loader.next()).toList();
        }
    }

    /** Half precision keeps eleven bits: of log-mels within 16 of zero, to 1 / 256 before normalisation. */
    @ParameterizedTest
    @EnumSource(FrontEndKind.class)
    void theyStandForTheSounds(FrontEndKind kind) throws IOException {
        Path shards = pack(kind);
        FrontEndConfig frontEnd = standard(kind).withFrames(30);
        ClipSource computed = ClipSources.open(DataConfig.at(shards).withFolds(List.of(0, 1)));
        List<Batch> expected = take(computed, frontEnd, options(computed));
        ClipSource source = stored(shards);
        List<Batch> actual = take(source, frontEnd, options(source));
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).ids(), actual.get(i).ids());
            assertArrayEquals(expected.get(i).melBTF(), actual.get(i).melBTF(), 0.01f);
        }
    }

    @Test
    void whatTheyCannotStandForIsRefused() throws IOException {
        Path shards = pack(FrontEndKind.KALDI);
        ClipSource source = stored(shards);
        UserException other = assertThrows(
                UserException.class, () -> take(source, FrontEndConfig.mwmae(), LoaderOptions.evaluation(2)));
        assertTrue(other.getMessage().contains("set data.logMel: computed"), other.getMessage());
        UserException kept = assertThrows(
                UserException.class,
                () -> take(source, FrontEndConfig.audioSet(), options(source).withKeepWaveforms(true)));
        assertTrue(kept.getMessage().contains("keeps waveforms"), kept.getMessage());
        assertThrows(
                UserException.class,
                () -> ClipSources.open(
                        Config.parse("test", "{path: '" + folder.resolve("sounds") + "', logMel: stored}")
                                .bind(DataConfig.class)));
    }

    @Test
    void aDamagedOneIsQuarantinedWithShardAndKey() throws IOException {
        Path shards = pack(FrontEndKind.KALDI);
        ClipSource source = stored(shards);
        Path sound = source.clip(3).path();
        String key = sound.getFileName().toString().replace(".flac", "");
        PackedSounds.damage(sound.resolveSibling(key + ".mel.npy"), 512 + 1000);
        LoaderOptions options = LoaderOptions.evaluation(6).withQuarantineLimit(0.2);
        try (ClipLoader loader = ClipLoader.open(source, new FrontEnd(FrontEndConfig.audioSet()), options)) {
            assertEquals(source.clip(4).id(), loader.next().ids().get(3));
            String named = loader.stats().quarantined().toString();
            assertTrue(named.contains(sound + ": its log-mel cannot be read") && named.contains("damaged"), named);
        }
    }
}
