package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.io.DType;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.SafetensorsWriter.Tensor;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;

class WeightImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POSITIONS = "modality_encoders.IMAGE.fixed_positional_encoder.positions";

    @TempDir
    Path folder;

    private static ImportOptions options(int heads, PositionFit fit, OptionalInt frames, boolean ignoreExtra) {
        return new ImportOptions(
                Optional.of("sslam-pretrained"),
                false,
                fit,
                frames,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.of(heads),
                false,
                ignoreExtra,
                Map.of(),
                Optional.empty());
    }

    private static ImportOptions plain() {
        return options(2, PositionFit.EXACT, OptionalInt.empty(), false);
    }

    private Path imported(TinySslam network, ImportOptions options) {
        Path output = folder.resolve("out");
        WeightImport.run(network.write(folder.resolve("in.safetensors")), output, options);
        return output;
    }

    private String refusal(TinySslam network, ImportOptions options) throws IOException {
        Path file = network.write(folder.resolve("in.safetensors"));
        Path output = folder.resolve("out");
        String message = assertThrows(UserException.class, () -> WeightImport.run(file, output, options))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing is left of a refused import");
        }
        return message;
    }

    private JsonNode description(Path output) throws IOException {
        return JSON.readTree(output.resolve("model.json").toFile());
    }

    @Test
    void missingTensorsAreNamedWithTheNearest() throws IOException {
        TinySslam renamed = new TinySslam()
                .remove("blocks.1.attn.qkv.weight")
                .put("blocks.1.attn.qvk.weight", 3 * TinySslam.WIDTH, TinySslam.WIDTH);
        String message = refusal(renamed, plain());
        assertTrue(
                message.contains(
                        "'blocks.1.attn.qkv.weight' is missing; the nearest there is" + " 'blocks.1.attn.qvk.weight'"),
                message);
        assertTrue(
                message.contains("'blocks.1.attn.qvk.weight' has no place; the nearest that has is"
                        + " 'blocks.1.attn.qkv.weight'"),
                message);
        String several = refusal(
                new TinySslam()
                        .remove("blocks.0.norm1.weight")
                        .remove("blocks.0.norm1.bias")
                        .remove("blocks.0.norm2.weight")
                        .remove("blocks.0.norm2.bias"),
                plain());
        assertTrue(several.contains("; and 1 more; name another --kind"), several);
    }

    @Test
    void misshapenTensorsAreNamedWithBothShapes() throws IOException {
        String message = refusal(new TinySslam().put("blocks.1.mlp.fc1.weight", 16, 7), plain());
        assertTrue(message.contains("'blocks.1.mlp.fc1.weight' has the shape [16, 7], not [16, 8]"), message);
        String rank = refusal(new TinySslam().put("blocks.0.norm1.bias", 8, 1), plain());
        assertTrue(rank.contains("'blocks.0.norm1.bias' has the shape [8, 1], not [8]"), rank);
    }

    @Test
    void leftOverTensorsNeedAWord() throws IOException {
        TinySslam more = new TinySslam().put("blocks.1.gamma_1", 8);
        String message = refusal(more, plain());
        assertTrue(message.contains("'blocks.1.gamma_1' has no place"), message);
        assertTrue(message.endsWith("; --ignore-extra leaves them out"), message);
        WeightImport.Report report = WeightImport.run(
                more.write(folder.resolve("in.safetensors")),
                folder.resolve("out"),
                options(2, PositionFit.EXACT, OptionalInt.empty(), true));
        assertEquals(
                List.of(
                        "left out because they have no place: blocks.1.gamma_1",
                        "6 mel bins, as the grid of the position table says; usual are 128"),
                report.notes());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void numbersThatAreNotFiniteAreRefused(float value) throws IOException {
        String message = refusal(new TinySslam().put("blocks.1.norm2.bias", value, 8), plain());
        assertTrue(message.contains("tensor 'blocks.1.norm2.bias' holds a number that is not finite"), message);
    }

    @Test
    void frontEndSizesAndCardAreWritten() throws IOException {
        ImportOptions options = new ImportOptions(
                Optional.empty(),
                false,
                PositionFit.EXACT,
                OptionalInt.of(8),
                OptionalInt.empty(),
                OptionalDouble.of(-6.5),
                OptionalDouble.of(5.25),
                OptionalInt.of(2),
                false,
                false,
                Map.of("licence", "our own | data"),
                Optional.empty());
        Path output = imported(new TinySslam(), options);
        JsonNode description = description(output);
        FrontEndConfig frontEnd = JSON.treeToValue(description.get("frontEnd"), FrontEndConfig.class);
        assertEquals(8, frontEnd.frames());
        assertEquals(TinySslam.BANDS * TinySslam.PATCH, frontEnd.melBins());
        assertEquals(-6.5, frontEnd.mean());
        assertEquals(5.25, frontEnd.std());
        assertEquals(TinySslam.STEPS, description.at("/model/positionTimeSteps").asInt());
        assertEquals(2, description.at("/model/mlpRatio").asInt());
        assertEquals(768, description.at("/model/decoder/dim").asInt(), "without a decoder the published one");
        assertEquals("in.safetensors", description.at("/origin/file").asText());
        String card = Files.readString(output.resolve("README.md"));
        assertTrue(card.contains("| Licence | our own \\| data |"), card);
        assertTrue(card.contains("trained"), card);
    }

    @ParameterizedTest
    @CsvSource({"8, CUT, 4", "16, INTERPOLATE, 8", "8, INTERPOLATE, 6", "8, EXACT, 6", "12, EXACT, 6"})
    void positionsChangeOnlyWhenAsked(int frames, PositionFit fit, int steps) throws IOException {
        Path output = imported(new TinySslam(), options(2, fit, OptionalInt.of(frames), false));
        assertEquals(steps, description(output).at("/model/positionTimeSteps").asInt());
        float[] stored = SinCosPositions.table(new PatchGrid(TinySslam.STEPS, TinySslam.BANDS), TinySslam.WIDTH);
        int rows = steps * TinySslam.BANDS;
        try (SafetensorsFile file = Safetensors.open(output.resolve("model.safetensors"))) {
            float[] written = file.floats(POSITIONS);
            assertArrayEquals(new long[] {1, rows, TinySslam.WIDTH}, file.shape(POSITIONS));
            if (steps <= TinySslam.STEPS) {
                assertArrayEquals(Arrays.copyOf(stored, written.length), written);
            } else {
                assertArrayEquals(
                        new StoredPositions(stored, 0, TinySslam.WIDTH)
                                .interpolated(steps, TinySslam.BANDS)
                                .values(),
                        written);
            }
        }
        boolean said = description(output).at("/origin/notes").toString().contains("positions of 6 time steps");
        assertEquals(steps != TinySslam.STEPS, said);
    }

    @Test
    void mistakesOfTheUserAreNamed() throws IOException {
        assertTrue(refusal(new TinySslam(), options(2, PositionFit.EXACT, OptionalInt.of(40), false))
                .contains("say --positions interpolate"));
        assertTrue(refusal(new TinySslam(), options(3, PositionFit.EXACT, OptionalInt.empty(), false))
                .contains("does not divide by 3 attention heads"));
        assertTrue(refusal(new TinySslam(), ImportOptions.none()).endsWith("say it with --heads"));
        UserException kind = assertThrows(UserException.class, () -> WeightKinds.named("sslam-pretraind"));
        assertEquals(
                "there is no kind of weights 'sslam-pretraind'; did you mean 'sslam-pretrained'?", kind.getMessage());
        Path unknown = new TinySslam().remove("blocks.0.attn.qkv.weight").write(folder.resolve("in.safetensors"));
        String message = assertThrows(
                        UserException.class,
                        () -> WeightImport.run(unknown, folder.resolve("out"), ImportOptions.none()))
                .getMessage();
        assertTrue(message.contains("is of no known kind of weights (29 tensors: 'modality_encoders"), message);
        Files.createDirectory(folder.resolve("taken"));
        assertTrue(assertThrows(UserException.class, () -> WeightImport.run(unknown, folder.resolve("taken"), plain()))
                .getMessage()
                .endsWith("taken exists already; remove it, or choose another --output"));
    }

    @Test
    void aFolderWithAConfigurationIsRead() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        new TinySslam().write(source.resolve("model.safetensors"));
        Files.writeString(source.resolve("config.json"), "{\"num_heads\": 4, \"embed_dim\": 8}");
        Path output = folder.resolve("out");
        WeightImport.run(source, output, ImportOptions.none());
        assertEquals(4, description(output).at("/model/numHeads").asInt());
        Files.writeString(source.resolve("config.json"), "{\"sslam\": {\"frontEnd\": {\"sampleRateHz\": \"x\"}}}");
        assertTrue(assertThrows(
                        UserException.class,
                        () -> WeightImport.run(
                                source,
                                folder.resolve("o2"),
                                options(2, PositionFit.EXACT, OptionalInt.empty(), false)))
                .getMessage()
                .contains("the front-end of these weights cannot be used: Cannot coerce String value (\"x\")"));
        Files.writeString(source.resolve("config.json"), "{\"num_heads\": ");
        assertTrue(assertThrows(
                        UserException.class, () -> WeightImport.run(source, folder.resolve("o2"), ImportOptions.none()))
                .getMessage()
                .contains("config.json is not valid JSON"));
        assertFalse(Files.exists(folder.resolve("o2")));
    }

    @Test
    void exportsSayWhatTheyCannotDo() throws IOException {
        Path output = imported(new TinySslam(), plain());
        Path target = folder.resolve("x.safetensors");
        assertTrue(assertThrows(
                        UserException.class,
                        () -> WeightExport.run(output, target, Optional.of("audiomae-pretrained"), Map.of()))
                .getMessage()
                .contains("the folder holds SSLAM / EAT, which audiomae-pretrained has no names for"));
        assertTrue(assertThrows(UserException.class, () -> WeightExport.run(folder, target, Optional.empty(), Map.of()))
                .getMessage()
                .contains("holds no encoder (no model.json)"));
        Files.writeString(folder.resolve("config.json"), "{}");
        assertTrue(assertThrows(UserException.class, () -> WeightExport.run(output, target, Optional.empty(), Map.of()))
                .getMessage()
                .contains("config.json exists already"));
        assertFalse(Files.exists(target));
    }

    private static String message(Path source, Path output, ImportOptions options) {
        return assertThrows(UserException.class, () -> WeightImport.run(source, output, options))
                .getMessage();
    }

    @Test
    void aConfigurationOfAnotherNetworkIsPassedOver() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        new TinySslam().write(source.resolve("model.safetensors"));
        Path config = source.resolve("config.json");
        Files.writeString(config, "{\"num_heads\": 2, \"model_type\": \"bert\"}");
        assertTrue(message(source, folder.resolve("o"), ImportOptions.none()).endsWith("say it with --heads"));
        Files.writeString(config, "{\"num_heads\": 4, \"embed_dim\": 1024, \"depth\": 2}");
        WeightImport.Report report = WeightImport.run(source, folder.resolve("o"), plain());
        assertEquals(
                List.of("config.json beside the weights is of another network (embed_dim 1024, the tensors say 8) and"
                        + " was passed over"),
                report.notes().subList(0, 1));
        Files.writeString(config, "{\"num_heads\": 4, \"embed_dim\": 8, \"depth\": 2}");
        assertTrue(WeightImport.run(source, folder.resolve("p"), ImportOptions.none())
                .notes()
                .contains("4 attention heads, as config.json has them"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"lowHz\": -5", "\"hopMs\": null", "\"sampleRateHz\": 16000.5", "\"kind\": 1", "\"x\": 1"})
    void aFrontEndThatCannotBeIsRefused(String entry) throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        new TinySslam().write(source.resolve("model.safetensors"));
        Files.writeString(source.resolve("config.json"), "{\"sslam\": {\"frontEnd\": {" + entry + "}}}");
        String message = message(source, folder.resolve("o"), plain());
        assertTrue(message.startsWith("the front-end of these weights cannot be used: "), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void onlyFloatingPointNumbersAreWeights() throws IOException {
        String message = refusal(new TinySslam().put(Tensor.of("blocks.0.norm1.weight", new long[8], 8)), plain());
        assertTrue(
                message.contains("'blocks.0.norm1.weight' holds I64, and weights are floating-point numbers"), message);
        String empty = refusal(new TinySslam().put("blocks.0.norm1.weight", 0, 8), plain());
        assertTrue(empty.contains("has the shape [0, 8], which no weights have"), empty);
    }

    @Test
    void float64IsNarrowedAndSaidOrRefusedWhereItDoesNotFit() throws IOException {
        String name = "blocks.0.norm1.bias";
        Path file = new TinySslam().put(wide(name, 0.1)).write(folder.resolve("in.safetensors"));
        WeightImport.Report report = WeightImport.run(file, folder.resolve("out"), plain());
        assertTrue(report.notes().contains("1 tensors were rounded from float64 to float32"), report.notes()::toString);
        Files.delete(file);
        assertTrue(message(new TinySslam().put(wide(name, 1e300)).write(file), folder.resolve("other"), plain())
                .endsWith("tensor 'blocks.0.norm1.bias' holds a number that does not fit float32; scale or remove it"
                        + " before saving the file"));
        assertTrue(message(new TinySslam().put(wide(name, Double.NaN)).write(file), folder.resolve("other"), plain())
                .contains("is not finite"));
    }

    private static Tensor wide(String name, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 8; i++) {
            bytes.putDouble(value);
        }
        return new Tensor(name, DType.F64, new long[] {8}, bytes.flip());
    }

    @Test
    void networksSavedInsideDistributedDataParallelComeIn() throws IOException {
        Path file = new TinySslam().below("module.").write(folder.resolve("in.safetensors"));
        WeightImport.run(file, folder.resolve("out"), TinyOptions.of(OptionalInt.of(2), false, false));
        assertEquals(
                "module.",
                description(folder.resolve("out")).at("/origin/names").asText());
    }
}
