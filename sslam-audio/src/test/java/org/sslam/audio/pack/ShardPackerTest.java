package org.sslam.audio.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.ShardSet;
import org.sslam.core.UserException;
import org.sslam.core.io.FaultyDisk;

class ShardPackerTest {
    private static final int CLIPS = 150;
    private static final int HEADER = 512;

    @TempDir
    Path folder;

    private ClipSource sounds() throws IOException {
        return PackedSounds.sounds(folder.resolve("sounds"), CLIPS);
    }

    @ParameterizedTest
    @EnumSource(ShardCodec.class)
    void clipsComeOutAsTheyWentIn(ShardCodec codec) throws Exception {
        ClipSource source = sounds();
        Path output = folder.resolve("shards");
        ShardPacker.Summary summary = PackedSounds.pack(source, output, PackedSounds.options(codec, Optional.empty()));
        assertTrue(summary.shards() >= 2, summary.toString());
        assertEquals(CLIPS - 1, summary.clips());
        assertEquals("set/clip5", summary.broken().get(0).id());
        assertTrue(Files.readString(output.resolve("broken.tsv")).contains("clip5.wav"));

        Map<String, Clip> originals = source.clips().stream().collect(Collectors.toMap(Clip::id, clip -> clip));
        ClipSource packed = ClipSources.open(DataConfig.at(output));
        assertEquals(CLIPS - 1, packed.size());
        Set<String> seen = new HashSet<>();
        for (Clip clip : packed.clips()) {
            Clip original = originals.get(clip.id());
            assertTrue(seen.add(clip.id()));
            assertEquals(original.labels(), clip.labels());
            assertEquals(original.fold(), clip.fold());
            float[] expected = AudioDecoders.standard().decode(original.path()).samples();
            assertArrayEquals(
                    expected, AudioDecoders.standard().decode(clip.path()).samples());
            try (AudioStream stream = AudioDecoders.open(clip.path(), DecodeLimits.standard())) {
                float[] streamed = new float[expected.length];
                assertEquals(expected.length, stream.read(streamed, 0, streamed.length));
                assertArrayEquals(expected, streamed);
                assertEquals(0, stream.read(new float[1], 0, 1));
            }
        }
        assertEquals(List.of(), ShardCheck.problems(ShardSet.read(output)));
        assertEquals(
                CLIPS - 1,
                ClipSources.open(DataConfig.at(output.resolve("shards.json"))).size());
        assertEquals(3, ClipSources.open(DataConfig.at(output).withLimit(3)).size());
        assertEquals(
                50 - (5 % 3 == 1 ? 1 : 0),
                ClipSources.open(DataConfig.at(output).withFolds(List.of(1))).size());
        assertFalse(DataHash.quick(packed).isEmpty());
    }

    @Test
    void aKilledPackingEndsWithTheSameBytes() throws IOException {
        ClipSource source = sounds();
        PackOptions options = PackedSounds.options(ShardCodec.FLAC, Optional.empty());
        Path whole = folder.resolve("whole");
        PackedSounds.pack(source, whole, options);
        Path killed = folder.resolve("killed");
        for (int stop : new int[] {1, 60, 61, 149}) {
            assertThrows(IllegalStateException.class, () -> new ShardPacker(options, AudioDecoders.standard(), 2)
                    .pack(source, killed, (done, total) -> {
                        if (done >= stop) {
                            throw new IllegalStateException("killed");
                        }
                    }));
            UserException unfinished = assertThrows(UserException.class, () -> ClipSources.open(DataConfig.at(killed)));
            assertTrue(unfinished.getMessage().contains("run the same 'data pack' again"), unfinished.getMessage());
        }
        Files.writeString(killed.resolve(".shard-000001.tar.1-1.tmp"), "left by a kill");
        ShardPacker.Summary summary = PackedSounds.pack(source, killed, options);
        assertTrue(summary.newShards() < summary.shards(), summary.toString());
        assertEquals(PackedSounds.hashes(whole), PackedSounds.hashes(killed));
        assertEquals(0, PackedSounds.pack(source, killed, options).newShards());
        assertEquals(PackedSounds.hashes(whole), PackedSounds.hashes(killed));

        Files.delete(killed.resolve("shard-000000.index.json"));
        PackedSounds.pack(source, killed, options);
        assertEquals(PackedSounds.hashes(whole), PackedSounds.hashes(killed));
    }

    /** As if the process had been killed, or the disk had become full, at operations on the disk all along the way. */
    @Test
    void aPackingThatDiesAtAnyOperationEndsWithTheSameBytes() throws IOException {
        ClipSource source = PackedSounds.sounds(folder.resolve("sounds"), 70);
        PackOptions options = PackedSounds.options(ShardCodec.PCM16, Optional.empty());
        Path whole = folder.resolve("whole");
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            assertEquals(2, PackedSounds.pack(source, whole, options).shards());
            operations = disk.operations();
        }
        Map<String, String> expected = PackedSounds.hashes(whole);
        for (int n = 1; n <= operations; n += n < 8 || n > operations - 24 ? 1 : 37) {
            Path output = folder.resolve("killed-at-" + n);
            try (FaultyDisk disk = n % 2 == 0 ? FaultyDisk.killedAt(n) : FaultyDisk.fullFrom(n)) {
                assertThrows(UserException.class, () -> PackedSounds.pack(source, output, options));
                assertTrue(disk.operations() >= n);
            }
            PackedSounds.pack(source, output, options);
            assertEquals(expected, PackedSounds.hashes(output), "died at operation " + n);
        }
    }

    @Test
    void threadsChangeNothingAndTheSeedDoes() throws IOException {
        ClipSource source = sounds();
        PackOptions options = PackedSounds.options(ShardCodec.PCM16, Optional.empty());
        Path one = folder.resolve("one");
        new ShardPacker(options, AudioDecoders.standard(), 1).pack(source, one, ProgressListener.NONE);
        Path four = folder.resolve("four");
        new ShardPacker(options, AudioDecoders.standard(), 4).pack(source, four, ProgressListener.NONE);
        assertEquals(PackedSounds.hashes(one), PackedSounds.hashes(four));
        Path ordered = folder.resolve("ordered");
        PackOptions inOrder = new PackOptions(ShardCodec.PCM16, 16_000, Optional.empty(), 1, OptionalLong.empty());
        PackedSounds.pack(source, ordered, inOrder);
        List<String> ids = ClipSources.open(DataConfig.at(ordered)).clips().stream()
                .map(Clip::id)
                .toList();
        assertEquals(
                source.clips().stream()
                        .map(Clip::id)
                        .filter(id -> !id.equals("set/clip5"))
                        .toList(),
                ids);
    }

    @Test
    void anotherSetIsLeftAlone() throws IOException {
        ClipSource source = sounds();
        Path output = folder.resolve("shards");
        PackedSounds.pack(source, output, PackedSounds.options(ShardCodec.FLAC, Optional.empty()));
        Map<String, String> before = PackedSounds.hashes(output);
        UserException e = assertThrows(
                UserException.class,
                () -> PackedSounds.pack(source, output, PackedSounds.options(ShardCodec.PCM16, Optional.empty())));
        assertTrue(e.getMessage().contains("codec (\"flac\", now \"pcm16\")"), e.getMessage());
        ClipSource other = ClipSources.limit(source, 40);
        assertThrows(
                UserException.class,
                () -> PackedSounds.pack(other, output, PackedSounds.options(ShardCodec.FLAC, Optional.empty())));
        assertEquals(before, PackedSounds.hashes(output));
    }

    @Test
    void nothingButBrokenClipsIsAnError() throws IOException {
        ClipSource source = ClipSources.select(sounds(), clip -> clip.id().equals("set/clip5"), "one", "");
        UserException e = assertThrows(
                UserException.class, () -> PackedSounds.pack(source, folder.resolve("shards"), PackOptions.standard()));
        assertTrue(e.getMessage().contains("none of the 1 clips can be packed"), e.getMessage());
    }

    @Test
    void damageIsNamedWithShardAndKey() throws IOException {
        Path output = folder.resolve("shards");
        PackedSounds.pack(sounds(), output, PackedSounds.options(ShardCodec.FLAC, Optional.empty()));
        ClipSource packed = ClipSources.open(DataConfig.at(output));
        Clip victim = packed.clip(7);
        Path tar = victim.path().getParent();
        PackedSounds.damage(victim.path(), HEADER + 300);

        AudioException e = assertThrows(
                AudioException.class, () -> AudioDecoders.standard().decode(victim.path()));
        assertTrue(e.getMessage().startsWith(tar + "/" + victim.path().getFileName() + ": "), e.getMessage());
        assertTrue(e.getMessage().contains("the shard is damaged"), e.getMessage());
        List<String> problems = ShardCheck.problems(ShardSet.read(output));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(tar + ": "), problems.toString());

        PackedSounds.damage(victim.path(), 0);
        assertTrue(ShardCheck.problems(ShardSet.read(output)).get(0).contains("checksum"));

        byte[] bytes = Files.readAllBytes(tar);
        Files.write(tar, Arrays.copyOf(bytes, bytes.length / 2));
        Path last = packed.clips().stream()
                .map(Clip::path)
                .filter(path -> path.startsWith(tar))
                .reduce((before, after) -> after)
                .orElseThrow();
        AudioException cut = assertThrows(
                AudioException.class, () -> AudioDecoders.standard().decode(last));
        assertTrue(cut.getMessage().contains("cut short"), cut.getMessage());
        UserException refused = assertThrows(UserException.class, () -> ClipSources.open(DataConfig.at(output)));
        assertTrue(refused.getMessage().startsWith("shard " + tar), refused.getMessage());
    }

    @Test
    void aDamagedOrForeignIndexIsNamed() throws IOException {
        Path output = folder.resolve("shards");
        PackedSounds.pack(sounds(), output, PackedSounds.options(ShardCodec.FLAC, Optional.empty()));
        Path index = output.resolve("shard-000000.index.json");
        String text = Files.readString(index);
        for (String changed :
                List.of("", "null", "{}", "[1,2]", text.replace("\"offset\":512", "\"offset\":-1"), text + "x")) {
            Files.writeString(index, changed);
            UserException e = assertThrows(UserException.class, () -> ClipSources.open(DataConfig.at(output)));
            assertTrue(e.getMessage().contains(index.toString()), e.getMessage());
            assertThrows(UserException.class, () -> ShardIndex.read(index));
        }
        Files.delete(index);
        assertThrows(UserException.class, () -> ClipSources.open(DataConfig.at(output)));
        try (Stream<Path> files = Files.list(output)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
        }
    }
}
