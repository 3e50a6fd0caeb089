package org.sslam.audio.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.data.TestSounds;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.shard.ShardClip;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.core.UserException;
import org.sslam.core.run.DirectoryLock;

/** What is lost in packing is told, is bounded, and can be mended. */
class BrokenClipsTest {
    private static final int CLIPS = 150;
    /** Two shards and some: {@code set/clip5}, which is broken, lies in the first. */
    private static final PackOptions IN_ORDER =
            new PackOptions(ShardCodec.PCM16, 16_000, Optional.empty(), 1, OptionalLong.empty());

    @TempDir
    Path folder;

    private ClipSource source;
    private Path output;

    @BeforeEach
    void sounds() throws IOException {
        source = PackedSounds.sounds(folder.resolve("sounds"), CLIPS);
        output = folder.resolve("shards");
    }

    private Path file(int clip) {
        return source.clip(clip).path();
    }

    private void empty(int... clips) throws IOException {
        for (int clip : clips) {
            Files.write(file(clip), new byte[0]);
        }
    }

    private void mend(int... clips) throws IOException {
        for (int clip : clips) {
            Files.copy(file(1), file(clip), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String refusal(PackOptions options) {
        return assertThrows(UserException.class, () -> PackedSounds.pack(source, output, options))
                .getMessage();
    }

    private void assertSameAsPackedAnew() throws IOException {
        Path anew = folder.resolve("anew");
        PackedSounds.pack(source, anew, IN_ORDER);
        assertEquals(PackedSounds.hashes(anew), PackedSounds.hashes(output));
    }

    private static boolean isComplete(Path set) throws IOException {
        return Files.readString(set.resolve("shards.json")).contains("\"complete\" : true");
    }

    @Test
    void tooManyEndThePackingUntilTheyAreMended() throws IOException {
        empty(100, 101);
        String message = refusal(IN_ORDER);
        assertTrue(
                message.startsWith("2 clips of test sounds cannot be packed, more than the limit of 1.0 %"), message);
        assertTrue(message.contains(file(5) + ": ") && message.contains(file(100) + ": 0 bytes"), message);
        assertTrue(message.contains("--quarantine-limit"), message);
        assertFalse(isComplete(output));
        assertTrue(Files.exists(output.resolve("shard-000000.tar")), "finished shards stay");
        assertTrue(Files.readString(output.resolve("broken.tsv")).contains("set/clip100"));
        assertEquals(message, refusal(IN_ORDER));

        mend(100, 101);
        ShardPacker.Summary summary = PackedSounds.pack(source, output, IN_ORDER);
        assertEquals(1, summary.broken().size());
        assertEquals(summary.shards() - 1, summary.newShards());
        assertSameAsPackedAnew();
    }

    @Test
    void theLimitIsTheUsersToRaise() throws IOException {
        empty(100, 101, 102, 103);
        assertTrue(refusal(IN_ORDER.withQuarantineLimit(0)).startsWith("1 clips"));
        refusal(IN_ORDER);
        assertEquals(
                5,
                PackedSounds.pack(source, output, IN_ORDER.withQuarantineLimit(0.04))
                        .broken()
                        .size());
        assertTrue(isComplete(output));
    }

    @Test
    void aMendedClipIsTriedAgainThoughTheSetIsComplete() throws IOException {
        assertEquals(1, PackedSounds.pack(source, output, IN_ORDER).broken().size());
        assertEquals(0, PackedSounds.pack(source, output, IN_ORDER).newShards());
        mend(5);
        assertThrows(IllegalStateException.class, () -> new ShardPacker(IN_ORDER, AudioDecoders.standard(), 2)
                .pack(source, output, (done, total) -> {
                    throw new IllegalStateException("killed");
                }));
        assertFalse(isComplete(output), "its first shard is about to be replaced");
        ShardPacker.Summary summary = PackedSounds.pack(source, output, IN_ORDER);
        assertEquals(List.of(), summary.broken());
        assertEquals(CLIPS, summary.clips());
        assertSameAsPackedAnew();
    }

    @Test
    void aNewTimeIsEnoughToTryAgain() throws IOException {
        PackedSounds.pack(source, output, IN_ORDER);
        Files.setLastModifiedTime(file(5), FileTime.fromMillis(1_000_000));
        assertTrue(PackedSounds.pack(source, output, IN_ORDER).newShards() > 0);
        assertEquals(0, PackedSounds.pack(source, output, IN_ORDER).newShards());
        Files.delete(file(5));
        assertTrue(PackedSounds.pack(source, output, IN_ORDER).newShards() > 0);
        assertEquals(0, PackedSounds.pack(source, output, IN_ORDER).newShards());
    }

    @Test
    void aPackedClipMustNotChange() throws IOException {
        empty(100, 101);
        refusal(IN_ORDER);
        Files.writeString(file(3), "other");
        String message = refusal(IN_ORDER.withQuarantineLimit(1));
        assertTrue(message.startsWith(output + " was packed from other sounds: clip set/clip3 ("), message);
        assertTrue(message.contains("now set/clip3 (5 bytes)"), message);
    }

    @Test
    void aFileThatTheSystemRefusesStopsThePacking() throws IOException {
        AudioDecoder standard = AudioDecoders.standard();
        AudioDecoder refusing = file -> {
            if (file.equals(file(110))) {
                throw AudioException.ofSystem(
                        file, "cannot be read: permission denied", new AccessDeniedException("x"));
            }
            return standard.decode(file);
        };
        String message = assertThrows(
                        UserException.class, () -> new ShardPacker(IN_ORDER.withQuarantineLimit(1), refusing, 2)
                                .pack(source, output, ProgressListener.NONE))
                .getMessage();
        assertTrue(message.startsWith(file(110) + ": cannot be read: permission denied; no clip was marked"), message);
        assertEquals(1, PackedSounds.pack(source, output, IN_ORDER).broken().size());
        assertSameAsPackedAnew();
    }

    @Test
    void otherLabelsOrFoldsAreNotMixedWithEarlierOnes() throws IOException {
        empty(100, 101);
        refusal(IN_ORDER);
        mend(100, 101);
        for (Clip other : List.of(
                new Clip(
                        source.clip(3).id(),
                        file(3),
                        Set.of("another"),
                        source.clip(3).fold()),
                new Clip(source.clip(3).id(), file(3), source.clip(3).labels(), OptionalInt.of(77)))) {
            List<Clip> clips = new ArrayList<>(source.clips());
            clips.set(3, other);
            ClipSource changed = ClipSources.of(source.description(), clips);
            String message = assertThrows(UserException.class, () -> PackedSounds.pack(changed, output, IN_ORDER))
                    .getMessage();
            assertTrue(message.contains("other labels or folds: clip set/clip3 differs"), message);
        }
    }

    @Test
    void aDecoderThatHangsIsNamed() throws IOException {
        ClipSource sounds = TestSounds.source(folder, 6, 6000, Set.of());
        ShardPacker packer =
                new ShardPacker(IN_ORDER.withTimeout(Duration.ofMillis(300)), TestSounds.hangingAt("clip4.txt"), 2);
        String message = assertThrows(UserException.class, () -> packer.pack(sounds, output, ProgressListener.NONE))
                .getMessage();
        assertTrue(message.startsWith("decoding " + sounds.clip(4).path() + " takes longer than 0.3 s"), message);
    }

    /** Two first packings at once: the second must not sweep away what the first is writing. */
    @Test
    void aFolderThatIsHeldIsLeftAlone() throws IOException {
        Files.createDirectories(output);
        Path writing = Files.writeString(output.resolve(".shards.json.1-1.tmp"), "half");
        DirectoryLock held = DirectoryLock.take(output);
        try {
            String message = refusal(IN_ORDER);
            assertTrue(message.contains("is in use by this process"), message);
            assertTrue(Files.exists(writing));
        } finally {
            held.close();
        }
        PackedSounds.pack(source, output, IN_ORDER);
        assertFalse(Files.exists(writing));
    }

    @Test
    void samplesBeyondFullScaleAreCounted() throws IOException {
        AudioDecoder loud = file -> new Waveform(
                file.equals(file(2)) ? new float[] {1.5f, -1, 0.9f, -1.01f, 1} : new float[] {0.1f, -0.1f}, 16_000);
        ShardPacker.Summary summary = new ShardPacker(IN_ORDER, loud, 2).pack(source, output, ProgressListener.NONE);
        assertEquals(List.of("set/clip2"), summary.clipped());
        ShardIndex index = ShardIndex.read(output.resolve("shard-000000.index.json"));
        for (ShardClip clip : index.clips()) {
            assertEquals(clip.id().equals("set/clip2") ? 2 : null, clip.clippedSamples());
        }
        assertTrue(Files.readString(output.resolve("shards.json")).contains("\"clipped\" : 1"));
        Clip clip = ClipSources.open(DataConfig.at(output)).clip(2);
        assertEquals("set/clip2", clip.id());
    }
}
