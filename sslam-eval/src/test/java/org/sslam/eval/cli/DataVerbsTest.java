package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataVerbsTest {
    @TempDir
    private Path folder;

    @Test
    void synthesisedSoundsVerifyAndMeasure() throws IOException {
        Path sounds = folder.resolve("sounds");
        CommandRun synth = synth(sounds, "7");
        assertEquals(Main.OK, synth.code(), synth.err());
        assertTrue(synth.out().startsWith("8 clips with "), synth.out());
        String labels = sounds.resolve("labels.csv").toString();

        CommandRun verify = CommandRun.of("data", "verify", labels);
        assertEquals(Main.OK, verify.code(), verify.err());
        assertTrue(verify.out().contains("clips 8, sound in 8, 8.0 s altogether"), verify.out());
        assertTrue(verify.out().contains("problems: none"), verify.out());

        JsonNode stats = new ObjectMapper()
                .readTree(CommandRun.of("data", "stats", labels, "--frames", "98", "--json")
                        .out());
        assertEquals(8, stats.path("clips").asInt());
        assertTrue(stats.path("mean").asDouble() < 0 && stats.path("std").asDouble() > 1, stats.toString());
    }

    @Test
    void theSeedDecidesEveryByte() throws IOException {
        synth(folder.resolve("a"), "7");
        synth(folder.resolve("b"), "7");
        synth(folder.resolve("c"), "8");
        assertArrayEquals(sound("a"), sound("b"));
        assertTrue(!Arrays.equals(sound("a"), sound("c")));
    }

    @Test
    void aSingleEventEach() throws IOException {
        CommandRun.of("data", "synth", "--out", folder.toString(), "--count", "5", "--seconds", "1", "--single");
        assertTrue(Files.readAllLines(folder.resolve("labels.csv")).stream()
                .skip(1)
                .noneMatch(line -> line.contains(";")));
    }

    @Test
    void problemsAreNamedAndFailTheVerb() throws IOException {
        synth(folder, "1");
        Path broken = folder.resolve("audio").resolve("soundscape-000003.wav");
        Files.write(broken, new byte[100]);
        Files.delete(folder.resolve("audio").resolve("soundscape-000005.wav"));
        CommandRun verify =
                CommandRun.of("data", "verify", folder.resolve("labels.csv").toString());
        assertEquals(Main.FAILED, verify.code());
        assertTrue(verify.out().contains("unreadable: " + broken), verify.out());
        assertTrue(verify.out().contains("problems: missing x 1, unreadable x 1"), verify.out());
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of(
                                "data",
                                "verify",
                                "--json",
                                folder.resolve("labels.csv").toString())
                        .out());
        assertEquals(2, json.path("problems").size());
    }

    @Test
    void contradictingOptionsAreUsageErrors() {
        CommandRun limits =
                CommandRun.of("data", "verify", folder.toString(), "--min-seconds", "3", "--max-seconds", "2");
        assertEquals(Main.USAGE, limits.code());
        assertTrue(
                limits.err().contains("0 <= --min-seconds <= --max-seconds must hold, not 3.0 and 2.0"), limits.err());
        assertEquals(
                Main.USAGE,
                CommandRun.of("data", "stats", folder.toString(), "--frames", "0")
                        .code());
        assertEquals(
                Main.USAGE,
                CommandRun.of("data", "verify", folder.toString(), "--limit", "-1")
                        .code());
    }

    private static CommandRun synth(Path out, String seed) {
        return CommandRun.of(
                "data", "synth", "--out", out.toString(), "--count", "8", "--seconds", "1", "--seed", seed);
    }

    private byte[] sound(String set) throws IOException {
        return Files.readAllBytes(folder.resolve(set).resolve("audio").resolve("soundscape-000000.wav"));
    }
}
