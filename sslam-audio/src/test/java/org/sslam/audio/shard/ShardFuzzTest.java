package org.sslam.audio.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                writer.add(new ShardWriter.Item("a/" + i, 0.5, List.of("dog", "cat"), i, new byte[90], mel));
            }
            writer.add(new BrokenClip("b", "b.wav", "0 bytes"));
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
                if (entry.offset() < end || entry.offset() + entry.bytes() > index.bytes()) {
                    throw new IllegalStateException("a member lies outside: " + entry);
                }
                end = entry.offset() + entry.bytes();
            }
        });
        assertTrue(report.reasons() >= 10, report.toString());
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
