package org.sslam.audio.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.fuzz.Fuzz;

/** Damaged indexes, sets and log-mels. */
class ShardFuzzTest {
    private static final String[] WORDS = {
        "null",
        "-1",
        "9223372036854775807",
        "1e400",
        "[]",
        "{}",
        "\"",
        "true",
        "\"offset\":",
        "\"bytes\":",
        "\"key\":",
        "\"mel\":",
        "\"crc32c\":\"00000000\"",
        "../",
        "\\u0000",
        "[[[[[[[[[[[[[["
    };

    @TempDir
    Path folder;

    private byte[] index() throws IOException {
        Path tar = folder.resolve("shard-000000.tar");
        try (ShardWriter writer = new ShardWriter(tar, ShardCodec.PCM16, 0)) {
            for (int i = 0; i < 3; i++) {
                Optional<byte[]> mel = Optional.of(StoredMel.encode(new float[] {1, 2, 3, 4}, 2));
                writer.add(new ShardWriter.Item("a/" + i, 0.5, List.of("dog", "cat"), i, new byte[90], mel, i, 90));
            }
            writer.add(new BrokenClip("b", "b.wav", "0 bytes", 0L, 1L));
            writer.commit();
        }
        return Files.readAllBytes(ShardIndex.beside(tar));
    }

    @Test
    void indexes() throws IOException {
        Fuzz.Report report = Fuzz.of("shard-index").seed(index()).words(WORDS).run(folder, file -> {
            ShardIndex index = ShardIndex.read(file);
            long end = 0;
            for (var entry : index.entries()) {
                if (entry.offset() < end || entry.offset() > index.bytes() - entry.bytes()) {
                    throw new IllegalStateException("a member lies outside: " + entry);
                }
                end = entry.offset() + entry.bytes();
            }
        });
        assertTrue(report.reasons() >= 10, report.toString());
    }

    /** Where the end of a member does not fit into a number, it seems to lie before its beginning. */
    @Test
    void aMemberBeyondAllNumbersIsRefused() throws IOException {
        String text = new String(index(), StandardCharsets.UTF_8);
        String last = text.substring(text.lastIndexOf("\"offset\":"));
        String offset = last.substring(0, last.indexOf(','));
        Path file = folder.resolve("far.index.json");
        Files.writeString(
                file,
                text.substring(0, text.length() - last.length())
                        + last.replace(offset, "\"offset\":" + Long.MAX_VALUE));
        assertTrue(assertThrows(UserException.class, () -> ShardIndex.read(file))
                .getMessage()
                .contains("lies outside of the shard"));
        Files.writeString(file, text.replaceFirst("\"bytes\":[0-9]+", "\"bytes\":" + Long.MIN_VALUE));
        assertThrows(UserException.class, () -> ShardIndex.read(file));
    }

    @Test
    void aShardEndsBeforeItsIndexIsTooLongToRead() {
        ShardWriter.Room usual = ShardWriter.Room.of(8_000_000_000L);
        assertTrue(usual.clips() <= 200_000 && usual.indexBytes() < ShardIndex.LONGEST_FILE, usual.toString());
        ShardWriter.Item item = new ShardWriter.Item("a", 1, List.of(), null, new byte[9], Optional.empty(), 0, 9);
        try (ShardWriter writer = new ShardWriter(folder.resolve("shard-000000.tar"), ShardCodec.PCM16, 0)) {
            ShardWriter.Room two = new ShardWriter.Room(1 << 20, 2, 1 << 20);
            assertTrue(writer.takes(item, two));
            writer.add(item);
            assertTrue(writer.takes(item, two) && writer.hasPlace(two));
            assertFalse(writer.takes(item, new ShardWriter.Room(1 << 20, 2, 100)), "its index is longer");
            writer.add(new BrokenClip("b", "b.wav", "0 bytes", null, null));
            assertFalse(writer.takes(item, two) || writer.hasPlace(two));
        }
    }

    @Test
    void sets() throws IOException {
        String json =
                "{\"complete\":true,\"settings\":{\"logMel\":{\"bins\":128}},\"shards\":[{\"shard\":\"shard-000000.tar\","
                        + "\"bytes\":5632,\"sha256\":\"00\",\"clips\":3,\"indexSha256\":\"11\"}]}";
        Fuzz.Report report = Fuzz.of("shard-set")
                .fileName(ShardSet.FILE)
                .seed(json.getBytes(StandardCharsets.UTF_8))
                .words(WORDS)
                .run(folder, ShardSet::read);
        assertTrue(report.reasons() >= 5, report.toString());
    }

    @Test
    void logMels() throws IOException {
        float[] mel = {1, 2, 3, 4, 5, 6};
        Fuzz.Report report = Fuzz.of("shard-mel")
                .seed(StoredMel.encode(mel, 2))
                .words("(3, 2)", "999999999", "'<f2'", "'<f4'", "True", "\n", ")")
                .refusal(IOException.class)
                .run(folder, file -> StoredMel.decode(Files.readAllBytes(file), 2));
        assertTrue(report.reasons() >= 3, report.toString());
        assertEquals(6, StoredMel.decode(StoredMel.encode(mel, 2), 2).length);
    }
}
