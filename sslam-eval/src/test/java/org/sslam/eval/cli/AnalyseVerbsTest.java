package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.models.mwmae.DecoderConfig;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.models.vit.PatchGrid;
import org.sslam.train.mwmae.MwmaeRunConfig;

/** Every look into a network, by command, on tiny networks and a few seconds of sound. */
class AnalyseVerbsTest {
    private static final FrontEndConfig FRONT_END = FrontEndConfig.mwmae().withFrames(40);
    private static final PatchGrid GRID = new PatchGrid(10, 5);
    private static final int CLIPS = 6;
    private static final int DEPTH = 2;

    @TempDir
    static Path folder;

    private static Path labels;
    private static Path checkpoint;

    @BeforeAll
    static void soundsAndACheckpoint() throws IOException {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.7).withEvents(1, 2, 2);
        labels = SoundscapeWriter.write(folder.resolve("sounds"), spec, 1, CLIPS, ProgressListener.NONE)
                .labels();
        Path run = folder.resolve("run");
        Path yaml = folder.resolve("tiny.yaml");
        Files.writeString(
                yaml,
                String.join(
                        "\n",
                        "method: mwmae",
                        "output: " + run,
                        "threads: 1",
                        "data: {path: " + labels + ", loaderThreads: 1}",
                        "frontEnd: {kind: torchaudio, melBins: 80, frames: 40, mean: 0, std: 1,",
                        "  lengthPolicy: random-crop, lowHz: 50, highHz: 8000}",
                        "model: {embedDim: 24, depth: 2, numHeads: 2,",
                        "  decoder: {dim: 12, depth: 1, windows: [5, 0]}}",
                        "objective: {maskRatio: 0.5}",
                        "optimizer: {learningRate: 0.003, warmupUpdates: 1, maxUpdates: 2, batchSize: 3, clipNorm: 0}",
                        "loop: {logEvery: 1, checkpointEvery: 2}\n"));
        CommandRun trained = CommandRun.of("pretrain", yaml.toString());
        assertEquals(Main.OK, trained.code(), trained.err());
        try (Stream<Path> saved = Files.list(run.resolve("checkpoints"))) {
            checkpoint = saved.findFirst().orElseThrow();
        }
    }

    private static MwmaeConfig sizes(int heads, boolean cls, int patchFrames, int patchBins) {
        DecoderConfig decoder = new DecoderConfig(12, 1, DecoderConfig.Kind.PLAIN, List.of(), 2, false, false);
        return new MwmaeConfig(24, DEPTH, heads, 2, patchFrames, patchBins, cls, true, List.of(), 1e-6, decoder);
    }

    /** An encoder with random weights, or one whose every token takes as much of every other. */
    private static Path encoder(String name, MwmaeConfig config, boolean uniform) {
        Torch.start(1);
        Path saved = folder.resolve(name);
        try (NDManager manager = NDManager.newBaseManager()) {
            Torch.seed(3);
            PatchGrid grid = config.grid(FRONT_END.frames(), FRONT_END.melBins());
            MwmaeEncoder encoder = new MwmaeEncoder(new Init(manager), config, grid);
            encoder.state().forEach((tensor, array) -> {
                if (uniform && tensor.contains("attn.qkv")) {
                    Tensors.fill(array, new float[(int) array.size()]);
                }
            });
            MwmaeFiles.save(saved, encoder, FRONT_END);
        }
        return saved;
    }

    private static CommandRun analyse(String verb, Path out, List<String> options) {
        List<String> words = new ArrayList<>(List.of("analyse", verb, labels.toString(), "--out", out.toString()));
        words.addAll(options);
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static List<CSVRecord> done(CommandRun run, Path out, String name) throws IOException {
        assertEquals(Main.OK, run.code(), run.err());
        assertTrue(ImageIO.read(out.resolve(name + ".png").toFile()).getWidth() > 100);
        return csv(out.resolve(name + ".csv"));
    }

    private static List<CSVRecord> csv(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .build();
        try (CSVParser parser = CSVParser.parse(Files.readString(file), format)) {
            return parser.getRecords();
        }
    }

    private static double number(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static void refused(CommandRun run, int code, String... parts) {
        assertEquals(code, run.code(), run.out());
        for (String part : parts) {
            assertTrue(run.err().contains(part), part + " is missing in " + run.err());
        }
        if (code == Main.FAILED) {
            List<String> complaints = run.errLines().stream()
                    .filter(line -> line.contains(parts[0]))
                    .toList();
            assertEquals(1, complaints.size(), run.err());
        }
    }

    @Test
    void uniformAttentionHasTheLogarithmOfItsTokensAsEntropy() throws IOException {
        Path plain = encoder("uniform, without cls", sizes(2, false, 4, 16), true);
        Path cls = encoder("uniform \"cls\"", sizes(2, true, 4, 16), true);
        Path out = folder.resolve("entropy");
        List<String> networks = List.of("--encoder", plain.toString(), "--encoder", cls.toString(), "--batch", "4");
        List<CSVRecord> rows = done(analyse("attention-entropy", out, networks), out, "attention-entropy");
        assertEquals(2 * DEPTH * 2, rows.size());
        for (CSVRecord row : rows) {
            boolean hasCls = row.get("network").equals(cls.toString());
            assertTrue(hasCls || row.get("network").equals(plain.toString()), row.toString());
            assertEquals(Math.log(GRID.tokens() + (hasCls ? 1 : 0)), number(row, "value"), 1e-5);
        }
        assertEquals("2", rows.get(rows.size() - 1).get("block"));
        assertEquals("2", rows.get(rows.size() - 1).get("head"));
        List<String> dropped = List.of("--encoder", cls.toString(), "--drop-cls");
        for (CSVRecord row : done(analyse("attention-entropy", out, dropped), out, "attention-entropy")) {
            assertEquals(Math.log(GRID.tokens()), number(row, "value"), 1e-5);
        }
    }

    @Test
    void uniformAttentionLooksAsFarAsPatchesLieApart() throws IOException {
        Path plain = encoder("far", sizes(2, false, 4, 16), true);
        Path cls = encoder("far-cls", sizes(2, true, 4, 16), true);
        Path out = folder.resolve("distance");
        List<String> networks = List.of("--encoder", plain.toString(), "--encoder", cls.toString());
        List<CSVRecord> rows = done(analyse("attention-distance", out, networks), out, "attention-distance");
        assertEquals(2 * DEPTH * 2, rows.size());
        double n = GRID.tokens();
        for (CSVRecord row : rows) {
            double share = row.get("network").equals(cls.toString()) ? n / (n + 1) : 1;
            assertEquals(share * meanDistance(1, 1), number(row, "value"), 1e-4);
        }
        List<String> cells = List.of("--encoder", plain.toString(), "--cells");
        for (CSVRecord row : done(analyse("attention-distance", out, cells), out, "attention-distance")) {
            assertEquals(meanDistance(4, 16), number(row, "value"), 1e-3);
        }
    }

    private static double meanDistance(int frames, int bins) {
        double sum = 0;
        for (int i = 0; i < GRID.tokens(); i++) {
            for (int j = 0; j < GRID.tokens(); j++) {
                sum += Math.hypot(frames * (i / 5 - j / 5), bins * (i % 5 - j % 5));
            }
        }
        return sum / GRID.tokens() / GRID.tokens();
    }

    /** What a network really does lies between a single token and all of them. */
    @Test
    void randomAttentionLiesBelowTheLogarithm() throws IOException {
        Path random = encoder("random", sizes(2, false, 4, 16), false);
        Path out = folder.resolve("random-entropy");
        List<String> options = List.of("--encoder", random.toString(), "--limit", "3");
        for (CSVRecord row : done(analyse("attention-entropy", out, options), out, "attention-entropy")) {
            assertTrue(number(row, "value") > 1 && number(row, "value") < Math.log(GRID.tokens()), row.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"public", "definition"})
    void everyHeadCorrelatesWithItself(String variant) throws IOException {
        Path out = folder.resolve("pwcca-" + variant);
        List<String> options = List.of("--network", checkpoint.toString(), "--variant", variant, "--tokens", "50");
        List<CSVRecord> rows = done(analyse("pwcca", out, options), out, "pwcca-encoder");
        assertEquals(DEPTH * 2 * DEPTH * 2, rows.size());
        for (CSVRecord row : rows) {
            boolean same = row.get("block").equals(row.get("other_block"))
                    && row.get("head").equals(row.get("other_head"));
            double value = number(row, "pwcca");
            assertTrue(same ? Math.abs(value - 1) < 1e-5 : value > 0 && value < 0.999, row.toString());
        }
    }

    @Test
    void decodersHideWhatTheirTrainingHid() throws IOException {
        assertEquals(0.5, MwmaeRunConfig.objectiveOf(checkpoint).maskRatio());
        Path out = folder.resolve("pwcca-decoder");
        List<String> options = List.of("--network", checkpoint.toString(), "--decoder", "--tokens", "50");
        List<CSVRecord> rows = done(analyse("pwcca", out, options), out, "pwcca-decoder");
        assertEquals(2 * 2, rows.size());
        Path other = folder.resolve("other-ratio");
        Files.createDirectories(other);
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
        Path config = other.resolve("config.yaml");
        String text = Files.readString(config);
        assertTrue(text.contains("maskRatio: 0.5"), text);
        Files.writeString(config, text.replace("maskRatio: 0.5", "maskRatio: 0.8"));
        List<String> changed = List.of("--network", other.toString(), "--decoder", "--tokens", "50");
        List<CSVRecord> others = done(analyse("pwcca", out, changed), out, "pwcca-decoder");
        assertNotEquals(rows.get(1).get("pwcca"), others.get(1).get("pwcca"));
        Files.delete(config);
        assertEquals(0.8, MwmaeRunConfig.objectiveOf(other).maskRatio());
        assertEquals(
                others.get(1).get("pwcca"),
                done(analyse("pwcca", out, changed), out, "pwcca-decoder")
                        .get(1)
                        .get("pwcca"));
    }

    @Test
    void whatCannotBeCorrelatedIsRefusedInOneLine() {
        Path out = folder.resolve("never");
        refused(
                analyse("pwcca", out, List.of("--network", checkpoint.toString(), "--tokens", "1")),
                Main.FAILED,
                "6 samples of 12 features",
                "more tokens of each");
        Path silent = encoder("silent", sizes(2, false, 4, 16), true);
        refused(analyse("pwcca", out, List.of("--network", silent.toString())), Main.FAILED, "do not vary");
        refused(
                analyse("pwcca", out, List.of("--network", checkpoint.toString(), "--tokens", "0")),
                Main.USAGE,
                "must be at least 1");
        refused(
                analyse("pwcca", out, List.of("--network", silent.toString(), "--decoder")),
                Main.FAILED,
                "mwmae-encoder/1");
        refused(
                analyse("feature-correlation", out, List.of("--stage", checkpoint.toString())),
                Main.USAGE,
                "at least twice");
        assertTrue(Files.notExists(out), "nothing is written");
    }

    @Test
    void aNetworkIsWhatItWillBe() throws IOException {
        Path random = encoder("stage, random", sizes(2, false, 4, 16), false);
        Path out = folder.resolve("stages");
        List<String> stages = List.of(
                "--stage", random.toString(), "--stage", checkpoint.toString(), "--stage", checkpoint.toString());
        List<CSVRecord> rows = done(analyse("feature-correlation", out, stages), out, "feature-correlation");
        assertEquals(2 * DEPTH, rows.size());
        for (CSVRecord row : rows) {
            double value = number(row, "pwcca");
            boolean same = row.get("stage").equals(checkpoint.toString());
            assertTrue(same || row.get("stage").equals(random.toString()), row.toString());
            assertTrue(same ? Math.abs(value - 1) < 1e-5 : value > 0 && value < 0.999, row.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, false, 4, 16, 3 heads of 8 numbers",
        "2, true, 4, 16, 1 more tokens",
        "2, false, 8, 8, 5 x 10 patches",
        "2, false, 8, 16, 5 x 5 patches"
    })
    void unequalNetworksAreRefusedInBothOrders(int heads, boolean cls, int frames, int bins, String message) {
        Path one = encoder("one-" + message, sizes(2, false, 4, 16), false);
        Path two = encoder("two-" + message, sizes(heads, cls, frames, bins), false);
        Path out = folder.resolve("unequal");
        for (List<Path> order : List.of(List.of(one, two), List.of(two, one))) {
            List<String> stages = List.of(
                    "--stage", order.get(0).toString(), "--stage", order.get(1).toString());
            CommandRun run = analyse("feature-correlation", out, stages);
            refused(run, Main.FAILED, message, "2 heads of 12 numbers at 10 x 5 patches", "only stages of one network");
            assertTrue(Files.notExists(out), "nothing is written");
        }
    }
}
