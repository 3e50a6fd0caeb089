package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.eval.embed.TestEncoders;

class EmbedVerbTest {
    @TempDir
    private static Path folder;

    private static String encoder;
    private static String sounds;

    @BeforeAll
    static void write() {
        encoder = TestEncoders.save(folder.resolve("encoder"), 1).toString();
        CommandRun.of("data", "synth", "--out", folder.resolve("sounds").toString(), "--count", "5", "--seconds", "1");
        sounds = folder.resolve("sounds").resolve("labels.csv").toString();
    }

    private static CommandRun embed(Path output, String... more) {
        String[] line = new String[more.length + 7];
        System.arraycopy(
                new String[] {"embed", encoder, sounds, "--output", output.toString(), "--threads", "1"},
                0,
                line,
                0,
                7);
        System.arraycopy(more, 0, line, 7, more.length);
        return CommandRun.of(line);
    }

    @Test
    void aManifestIsEmbedded() {
        Path output = folder.resolve("out");
        CommandRun run = embed(output, "--pooling", "both", "--policy", "repeat", "--layer", "1");
        assertEquals(Main.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("5 of 5 clips: 5 vectors of 32 numbers in " + output), run.out());
        assertTrue(Files.exists(output.resolve("vectors-00000.npy")));
    }

    @Test
    void brokenClipsAreCounted() throws IOException {
        Path mixed = folder.resolve("mixed");
        Files.createDirectories(mixed);
        Path sound = Path.of(sounds).resolveSibling("audio").resolve("soundscape-000000.wav");
        Files.copy(sound, mixed.resolve("a.wav"));
        Files.write(mixed.resolve("b.wav"), new byte[4]);
        CommandRun run = CommandRun.of(
                "embed",
                encoder,
                mixed.toString(),
                "--output",
                folder.resolve("out-mixed").toString(),
                "--threads",
                "1");
        assertEquals(Main.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("1 of 2 clips: 1 vectors of 16 numbers"), run.out());
        assertTrue(run.out().contains("1 clips could not be used; see "), run.out());
    }

    @Test
    void theCommandLineIsChecked() {
        Path output = folder.resolve("never");
        assertUsage(embed(output, "--rows", "concat"), "--rows is for --frames");
        assertUsage(
                embed(output, "--policy", "pad", "--hop", "0.5"), "a hop is for the policy slide only, not for pad");
        assertUsage(embed(output, "--hop", "-1"), "the hop must be a positive time, not -1.0");
        assertUsage(embed(output, "--batch", "0"), "batch must be at least 1");
        assertUsage(embed(output, "--shard", "0"), "a shard needs at least one clip, not 0");
        assertUsage(embed(output, "--layer", "0"), "layers are counted from 1, not 0");
        assertUsage(embed(output, "--pooling", "max"), "expected one of [CLS, MEAN, BOTH, ROWS]");
        assertUsage(CommandRun.of("embed", encoder), "missing required");
        assertFalse(Files.exists(output));
    }

    @Test
    void whatIsMissingOrInTheWayIsOneLine() throws IOException {
        assertFailed(
                CommandRun.of(
                        "embed",
                        "nowhere",
                        sounds,
                        "--output",
                        folder.resolve("o1").toString()),
                "nowhere does not exist");
        assertFailed(
                CommandRun.of(
                        "embed",
                        sounds,
                        sounds,
                        "--output",
                        folder.resolve("o2").toString()),
                "is a file; name the folder");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertFailed(
                CommandRun.of(
                        "embed",
                        encoder,
                        empty.toString(),
                        "--output",
                        folder.resolve("o3").toString()),
                "no clips in folder " + empty);
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertFailed(embed(file), "cannot write " + file);
        assertFailed(embed(folder.resolve("o4"), "--layer", "9"), "layer 9 was asked for, but the encoder has 2");
        assertFailed(embed(folder.resolve("o5"), "--device", "tpu"), "unknown device 'tpu'");
    }

    private static void assertUsage(CommandRun run, String part) {
        assertEquals(Main.USAGE, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(part), run.err());
    }

    private static void assertFailed(CommandRun run, String part) {
        assertEquals(Main.FAILED, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(part), run.err());
    }
}
