package org.sslam.audio.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
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
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.LogMelSource;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.load.Batch;
import org.sslam.audio.load.BlockOrder;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.shard.ShardClip;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.Span;
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

    /** The shipped recipes' front-end: every frame is one of the clip's own, with one gain, or of the filling. */
    @Test
    void recipesThatRollMayRollTheLogMels() throws IOException {
        ClipSource source =
                ClipSources.open(DataConfig.at(pack(FrontEndKind.KALDI)).withLogMel(LogMelSource.STORED_ROLLED));
        FrontEndConfig plain = FrontEndConfig.audioSet().withFrames(60);
        LoaderOptions options = options(source).withThreads(1, 1);
        Batch as = take(source, plain, options).get(0);
        Batch rolled = take(source, plain.withRollAndMagnitude(), options).get(0);
        assertEquals(as.ids(), rolled.ids());
        assertFalse(Arrays.equals(as.melBTF(), rolled.melBTF()));
        assertArrayEquals(
                rolled.melBTF(),
                take(source, plain.withRollAndMagnitude(), options.withThreads(2, 2))
                        .get(0)
                        .melBTF());
        assertArrayEquals(
                take(source, plain, options.withTrain(false)).get(0).melBTF(),
                take(source, plain.withRollAndMagnitude(), options.withTrain(false))
                        .get(0)
                        .melBTF());
    }

    /** Sounds of one length are all of one size: only what is in them tells them apart. */
    @Test
    void theQuickHashSeesOtherSoundsAndOtherLogMels() throws IOException {
        Path shards = pack(FrontEndKind.KALDI);
        ClipSource computed = ClipSources.open(DataConfig.at(shards));
        ClipSource mels = ClipSources.open(DataConfig.at(shards).withLogMel(LogMelSource.STORED));
        String ofSounds = DataHash.quick(computed);
        String ofMels = DataHash.quick(mels);
        assertNotEquals(ofSounds, ofMels);
        ShardClip clip = ShardIndex.read(shards.resolve("shard-000000.index.json"))
                .clips()
                .get(3);
        change(shards, clip.mel());
        assertEquals(ofSounds, DataHash.quick(computed));
        assertNotEquals(ofMels, DataHash.quick(mels));
        ofMels = DataHash.quick(mels);
        change(shards, clip.sound());
        assertNotEquals(ofSounds, DataHash.quick(computed));
        assertNotEquals(ofMels, DataHash.quick(mels));
        assertTrue(DataHash.sizes(computed).entries().get(0).value().matches("[0-9]+ crc32c [0-9a-f]{8}"));
    }

    /** As if other bytes of the same length had been packed. */
    private static void change(Path shards, Span span) throws IOException {
        Path index = shards.resolve("shard-000000.index.json");
        String text = Files.readString(index);
        Files.writeString(index, text.replace("\"" + span.crc32c() + "\"", "\"00000000\""));
        // A change within one tick of the disk's clock would not be seen.
        Files.setLastModifiedTime(
                index, FileTime.fromMillis(Files.getLastModifiedTime(index).toMillis() + 5000));
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
        FrontEndConfig rolling = FrontEndConfig.audioSet().withRollAndMagnitude();
        UserException rolled = assertThrows(UserException.class, () -> take(source, rolling, options(source)));
        assertTrue(rolled.getMessage().contains("set data.logMel: stored-rolled"), rolled.getMessage());
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
