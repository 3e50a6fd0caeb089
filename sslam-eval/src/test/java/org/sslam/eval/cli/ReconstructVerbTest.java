package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.output.PcmWav;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;

/** From a YAML file to pictures and sounds, by command, at tiny size. */
class ReconstructVerbTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static List<Path> clips;

    @BeforeAll
    static void train() throws IOException {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(1, 2, 2);
        Path labels = SoundscapeWriter.write(folder.resolve("sounds"), spec, 1, 6, ProgressListener.NONE)
                .labels();
        try (Stream<Path> files = Files.walk(folder.resolve("sounds"))) {
            clips = files.filter(f -> f.toString().endsWith(".wav"))
                    .sorted()
                    .limit(2)
                    .toList();
        }
        run = folder.resolve("run");
        Path yaml = folder.resolve("tiny.yaml");
        Files.writeString(
                yaml,
                String.join(
                        "\n",
                        "method: audiomae",
                        "output: " + run,
                        "threads: 1",
                        "data: {path: " + labels + ", loaderThreads: 1}",
                        "frontEnd: {frames: 64}",
                        "objective: {normalizeTargets: false}",
                        "model: {embedDim: 16, depth: 2, numHeads: 2, positionFrames: 64,",
                        "  decoder: {dim: 16, numHeads: 2, blocks: 2, biasHidden: 8}}",
                        "optimizer: {learningRate: 0.003, warmupUpdates: 1, maxUpdates: 4, batchSize: 2, clipNorm: 0}",
                        "loop: {logEvery: 1, checkpointEvery: 2}\n"));
        CommandRun trained = CommandRun.of("pretrain", yaml.toString());
        assertEquals(Main.OK, trained.code(), trained.err());
    }

    private static CommandRun reconstruct(String... more) {
        List<String> words = new ArrayList<>(List.of("reconstruct", run.toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static Set<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void picturesAndSoundsOfEveryClip() throws Exception {
        Path out = folder.resolve("out");
        CommandRun done = reconstruct(
                clips.get(0).toString(), clips.get(1).toString(), "--output", out.toString(), "--ratio", "0.5");
        assertEquals(Main.OK, done.code(), done.err());
        Set<String> names = names(out);
        assertEquals(2 * 5 + 1, names.size(), names.toString());
        JsonNode table =
                new ObjectMapper().readTree(out.resolve("reconstruction.json").toFile());
        assertEquals(2, table.get("clips").size());
        for (JsonNode clip : table.get("clips")) {
            assertTrue(ImageIO.read(out.resolve(clip.get("picture").asText()).toFile())
                            .getWidth()
                    > 1000);
            assertEquals(4, clip.get("sounds").size());
            for (JsonNode sound : clip.get("sounds")) {
                Waveform wave = AudioDecoders.standard().decode(out.resolve(sound.asText()));
                assertEquals(16_000, wave.sampleRateHz());
                assertEquals(400 + 63 * 160, wave.samples().length);
            }
            double model = clip.get("meanSquaredError").get("model").asDouble();
            assertTrue(model > 0 && Double.isFinite(model), "error " + model);
        }
        assertEquals(4, done.out().lines().count(), done.out());
        Path again = folder.resolve("again");
        reconstruct(clips.get(0).toString(), clips.get(1).toString(), "--output", again.toString(), "--ratio", "0.5");
        for (String name : names) {
            assertArrayEquals(Files.readAllBytes(out.resolve(name)), Files.readAllBytes(again.resolve(name)), name);
        }
    }

    @Test
    void lostPacketsAreComparedWithRepeating() throws IOException {
        Path out = folder.resolve("packets");
        CommandRun done = reconstruct(clips.get(0).toString(), "--output", out.toString(), "--packet-loss", "0.25");
        assertEquals(Main.OK, done.code(), done.err());
        assertTrue(done.out().contains("last packet repeated"), done.out());
        assertTrue(names(out).stream().anyMatch(name -> name.endsWith("-repeated.wav")));
        CommandRun named = reconstruct(clips.get(0).toString(), "--output", out.toString(), "--lost", "0,2-3");
        assertEquals(Main.OK, named.code(), named.err());
        String json = Files.readString(out.resolve("reconstruction.json"));
        assertTrue(json.contains("\"mask\" : \"lost\""), json);
    }

    /** A sound of 0.3 s fills two of four time steps: only those are lost, and every error has something to measure. */
    @Test
    void whatFillsAShortClipUpIsNeitherHiddenNorMeasured() throws Exception {
        Waveform whole = AudioDecoders.standard().decode(clips.get(0));
        float[] start = Arrays.copyOf(whole.samples(), (int) (0.3 * whole.sampleRateHz()));
        Path shorter = Files.write(folder.resolve("short.wav"), PcmWav.encode(start, whole.sampleRateHz()));
        Path out = folder.resolve("short");
        for (int seed = 1; seed <= 8; seed++) {
            CommandRun done = reconstruct(
                    shorter.toString(), "--output", out.toString(), "--packet-loss", "0.5", "--seed", "" + seed);
            assertEquals(Main.OK, done.code(), done.err());
            JsonNode errors = new ObjectMapper()
                    .readTree(out.resolve("reconstruction.json").toFile())
                    .at("/clips/0/meanSquaredError");
            assertTrue(
                    errors.get("model").asDouble() > 0 && errors.get("repeated").asDouble() > 0, errors.toString());
        }
        CommandRun beyond = reconstruct(shorter.toString(), "--output", out.toString(), "--lost", "3");
        assertEquals(Main.FAILED, beyond.code());
        assertTrue(beyond.err().contains("short.wav: there is no time step 3; the sound has 0 to 1"), beyond.err());
        CommandRun everything = reconstruct(shorter.toString(), "--output", out.toString(), "--lost", "0-1");
        assertEquals(Main.FAILED, everything.code());
        assertTrue(everything.err().contains("short.wav: 0 of"), everything.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lost 4 | 1 | there is no time step 4",
                "--lost 0-3 | 1 | does not fit",
                "--lost 3-1 | 2 | runs backwards",
                "--lost x | 2 | is no list of steps",
                "--packet-loss 1.5 | 2 | between 0 and 1",
                "--packet-loss 0.9 | 1 | leaves",
                "--ratio 0 | 2 | ratio must lie between",
                "--mask TIME --packet-loss 0.3 | 2 | exclude each other"
            })
    void impossibleMasksAreRefusedInOneLine(String options, int code, String message) {
        List<String> words = new ArrayList<>(List.of(clips.get(0).toString()));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("--output", folder.resolve("never").toString()));
        CommandRun refused = reconstruct(words.toArray(String[]::new));
        assertEquals(code, refused.code(), refused.err());
        assertTrue(refused.err().contains(message), refused.err());
        assertFalse(Files.exists(folder.resolve("never")), "nothing is written");
    }

    @Test
    void whatIsNoNetworkAndNoSoundIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no sound");
        CommandRun noSound =
                reconstruct(text.toString(), "--output", folder.resolve("x").toString());
        assertEquals(Main.FAILED, noSound.code());
        assertTrue(noSound.err().contains("notes.txt"), noSound.err());
        CommandRun noRun =
                CommandRun.of("reconstruct", folder.resolve("nowhere").toString(), text.toString());
        assertEquals(Main.FAILED, noRun.code());
        assertTrue(noRun.err().contains("does not exist"), noRun.err());
        CommandRun encoder = CommandRun.of(
                "reconstruct", run.resolve("encoder").toString(), clips.get(0).toString());
        assertEquals(Main.FAILED, encoder.code());
        assertTrue(encoder.err().contains("audiomae-encoder/1"), encoder.err());
    }
}
