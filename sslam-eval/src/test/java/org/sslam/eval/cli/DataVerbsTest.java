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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aPackedSetStandsForItsSounds() throws IOException {
        Path sounds = folder.resolve("sounds");
        synth(sounds, "7");
        Path shards = folder.resolve("shards");
        String[] command = {
            "data", "pack", sounds.toString(), "--output", shards.toString(), "--log-mel", "kaldi", "--threads", "2"
        };
        CommandRun pack = CommandRun.of(command);
        assertEquals(Main.OK, pack.code(), pack.err());
        assertTrue(pack.out().startsWith("8 clips, 0.0 h of sound, in 1 shards"), pack.out());
        assertTrue(CommandRun.of(command).out().contains("(0 newly written)"));
        CommandRun verify = CommandRun.of("data", "verify", shards.toString());
        assertEquals(Main.OK, verify.code(), verify.err());
        assertTrue(verify.out().contains("clips 8, sound in 8, 8.0 s altogether"), verify.out());

        CommandRun other =
                CommandRun.of("data", "pack", sounds.toString(), "--output", shards.toString(), "--codec", "pcm16");
        assertEquals(Main.FAILED, other.code());
        assertTrue(other.err().contains("holds another set"), other.err());
        CommandRun inside = CommandRun.of(
                "data",
                "pack",
                sounds.toString(),
                "--output",
                sounds.resolve("x").toString());
        assertEquals(Main.USAGE, inside.code(), inside.err());
        CommandRun both =
                CommandRun.of("data", "pack", sounds.toString(), "--output", "x", "--in-order", "--seed", "3");
        assertEquals(Main.USAGE, both.code(), both.err());
        CommandRun rate = CommandRun.of(
                "data", "pack", sounds.toString(), "--output", "x", "--rate", "8000", "--log-mel", "kaldi");
        assertEquals(Main.USAGE, rate.code(), rate.err());

        Path tar = shards.resolve("shard-000000.tar");
        byte[] bytes = Files.readAllBytes(tar);
        bytes[5000] ^= 1;
        Files.write(tar, bytes);
        CommandRun damaged = CommandRun.of("data", "verify", shards.toString());
        assertEquals(Main.FAILED, damaged.code());
        assertTrue(damaged.err().contains("shard-000000.tar: its bytes are not those"), damaged.err());
    }

    @Test
    void aPackingThatLosesClipsFailsUntilTheyAreMended() throws IOException {
        Path sounds = folder.resolve("sounds");
        synth(sounds, "7");
        Path shards = folder.resolve("shards");
        List<Path> files;
        try (Stream<Path> found = Files.list(sounds.resolve("audio"))) {
            files = found.sorted().toList();
        }
        byte[] sound = Files.readAllBytes(files.get(0));
        for (Path file : files.subList(1, files.size())) {
            Files.write(file, new byte[0]);
        }
        String[] command = {"data", "pack", sounds.toString(), "--output", shards.toString()};
        CommandRun lost = CommandRun.of(command);
        assertEquals(Main.FAILED, lost.code(), lost.out());
        assertTrue(lost.err().contains("more than the limit of 1.0 % of its 8 clips"), lost.err());
        assertTrue(lost.err().contains(": 0 bytes; "), lost.err());
        CommandRun unfinished = CommandRun.of("data", "verify", shards.toString());
        assertTrue(unfinished.err().contains("is not packed to its end"), unfinished.err());

        String[] bearing = Arrays.copyOf(command, command.length + 2);
        bearing[command.length] = "--quarantine-limit";
        bearing[command.length + 1] = "0.9";
        CommandRun borne = CommandRun.of(bearing);
        assertEquals(Main.OK, borne.code(), borne.err());
        assertTrue(borne.out().contains("1 clips, ") && borne.out().contains("left out: 7"), borne.out());
        assertEquals(Main.FAILED, CommandRun.of(command).code(), "the limit holds for a complete set too");
        bearing[command.length + 1] = "1.5";
        assertEquals(Main.USAGE, CommandRun.of(bearing).code());

        for (Path file : files) {
            Files.write(file, sound);
        }
        CommandRun mended = CommandRun.of(command);
        assertEquals(Main.OK, mended.code(), mended.err());
        assertTrue(mended.out().contains("8 clips, ") && mended.out().contains("left out: 0"), mended.out());
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synth --out x --count 0|--count must be at least 1, not 0",
                "synth --out x --seconds 0|durationSeconds must be 0.5 to 600, not 0.0",
                "synth --out x --min-events 5 --max-events 2|0 <= minEvents <= maxEvents <= 15 must hold, not 5 and 2",
                "mix . --output ../x --polyphony 0-2|polyphony must be 1 to 32, not [0, 1, 2]",
                "mix . --output ../x --polyphony 4-1|'4-1' runs backwards",
                "mix . --output ../x --polyphony two|'two' is not like 1-4 or 1,2,5-8",
                "mix . --output ../x --snr loud|'loud' is not like 6..24",
                "mix . --output ../x --snr 24..12|must hold, not 24.0 and 12.0",
                "mix . --output ../x --clips 0|clips must be at least 1, not 0",
                "mix . --output ./x|--output ./x lies inside .",
                "prepare esc51 . --output x|unknown task 'esc51'; known are as2m, as20k, esc50",
                "prepare esc50 . --output x --pattern y|--pattern, --label, --fold, --eval and --valid are for the task names",
                "prepare esc50 . --output x --eval-fold 1|--eval-fold and --valid-fold are for the task list",
                "prepare names . --output x|the task names needs --pattern",
                "prepare names . --output x --pattern (|is not a regular expression",
                "prepare names . --output x --pattern y --eval z|'z' is not GROUP=REGEX",
                "prepare esc50 . . --output x|the task esc50 takes one folder, not 2",
                "prepare esc50 . --output x --threads -1|--threads must be at least 0, not -1",
                "polyphony x --ontology y --levels 0 --hop-offset -1|--levels plus --hop-offset must be at least 0",
                "polyphony x --ontology y --reading wild|--reading"
            })
    void valuesThatCannotBeAreUsageErrors(String line, String expected) {
        CommandRun run = CommandRun.of(("data " + line).split(" "));
        assertEquals(Main.USAGE, run.code(), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertEquals(1, run.errLines().size(), run.err());
    }

    @Test
    void synthesisedClipsAreMixedPreparedAndCounted() throws IOException {
        Path sounds = folder.resolve("sounds");
        Path mixes = folder.resolve("mixes");
        Path task = folder.resolve("task");
        CommandRun.of("data", "synth", "--out", sounds.toString(), "--count", "60", "--seconds", "1", "--single");
        String list = sounds.resolve("labels.csv").toString();
        String[] mixing = {
            "data", "mix", list, "--output", mixes.toString(), "--clips", "24", "--polyphony", "1-3", "--seconds", "1"
        };
        CommandRun mix = CommandRun.of(mixing);
        assertEquals(Main.OK, mix.code(), mix.err());
        assertTrue(mix.out().contains("by polyphony: 1 x 8, 2 x 8, 3 x 8"), mix.out());
        assertTrue(mix.out().contains("by fold: 1 x 6, 2 x 6, 3 x 6, 4 x 6"), mix.out());
        assertTrue(CommandRun.of(mixing).out().contains("(0 newly written)"));
        CommandRun verify =
                CommandRun.of("data", "verify", mixes.resolve("labels.csv").toString());
        assertTrue(verify.out().contains("clips 24, sound in 24, 24.0 s altogether"), verify.out());
        assertTrue(verify.out().contains(hash(mix.out())), "both name the same content");

        CommandRun prepare =
                CommandRun.of("data", "prepare", "polyphony-2-3", mixes.toString(), "--output", task.toString());
        assertEquals(Main.OK, prepare.code(), prepare.err());
        assertTrue(prepare.out().contains("train    16 of 16 clips (100.0 %) in folds [1, 2, 3, 4]"), prepare.out());
        assertTrue(CommandRun.of("data", "verify", task.resolve("train.csv").toString())
                .out()
                .contains("clips 16, sound in 16"));

        Path ontology = Files.writeString(folder.resolve("ontology.json"), ontology(sounds));
        Path csv = folder.resolve("shares.csv");
        CommandRun polyphony = CommandRun.of(
                "data",
                "polyphony",
                mixes.toString(),
                "--ontology",
                ontology.toString(),
                "--levels",
                "1-2",
                "--reading",
                "components",
                "--csv",
                csv.toString());
        assertEquals(Main.OK, polyphony.code(), polyphony.err());
        assertTrue(polyphony.out().contains("clips: 24, with at least two labels: 16 (66.7 %)"), polyphony.out());
        assertEquals("components,1,2,24,16,66.667", Files.readAllLines(csv).get(1), "a flat ontology has no relatives");
    }

    private static String hash(String text) {
        return text.substring(text.indexOf("sha256 ") + 7).strip();
    }

    private static String ontology(Path sounds) throws IOException {
        return Files.readAllLines(sounds.resolve("labels.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[1])
                .distinct()
                .map(label -> "{\"id\": \"" + label + "\", \"name\": \"\", \"child_ids\": []}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void anotherSetIsNotOverwritten() {
        synth(folder.resolve("a"), "7");
        CommandRun other = synth(folder.resolve("a"), "8");
        assertEquals(Main.FAILED, other.code());
        assertTrue(other.err().contains("holds another set: seed (7, now 8)"), other.err());
    }

    private static CommandRun synth(Path out, String seed) {
        return CommandRun.of(
                "data", "synth", "--out", out.toString(), "--count", "8", "--seconds", "1", "--seed", seed);
    }

    private byte[] sound(String set) throws IOException {
        return Files.readAllBytes(folder.resolve(set).resolve("audio").resolve("soundscape-000000.wav"));
    }
}
