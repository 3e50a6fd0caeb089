package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.TensorFile;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.audiomae.AudioMaeEncoder;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.audiomae.AudioMaeFixtures;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.sslam.EncoderFiles;

/** Files of every kind of which there is a fixture: in, loaded, out, in again. */
class WeightImportGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** Sizes that the file itself does not tell, from the fixtures of the family. */
    private static OptionalInt heads(String family, String fixture, String key) {
        return OptionalInt.of(Golden.fixture(family, fixture).config().get(key).asInt());
    }

    private static Path file(String name) {
        return Golden.file(
                "weights", Golden.fixture("weights", name).index().get("name").textValue());
    }

    private JsonNode description(Path encoder) throws IOException {
        return JSON.readTree(encoder.resolve("model.json").toFile());
    }

    @ParameterizedTest
    @CsvSource({
        "sslam_pretrain, false", "sslam_pretrain, true",
        "sslam_pretrain_legacy, false", "sslam_pretrain_legacy, true",
        "state_dict_only, false", "state_dict_only, true"
    })
    void sslamComesInAsStudentOrTeacher(String name, boolean teacher) throws IOException {
        Path encoder = folder.resolve("encoder");
        OptionalInt heads = heads("sslam", "weights", "heads");
        WeightImport.Report report = WeightImport.run(file(name), encoder, TinyOptions.of(heads, teacher, false));
        assertEquals("sslam-pretrained", report.kind().name());
        Fixture weights = Golden.fixture("sslam", "weights");
        String prefix = teacher ? "teacher." : "student.";
        try (NDManager manager = NDManager.newBaseManager()) {
            EncoderFiles.Loaded loaded = EncoderFiles.load(manager, encoder);
            assertEquals(weights.config().get("mels").asInt(), loaded.frontEnd().melBins());
            assertEquals(
                    weights.config().get("pos_table_time").asInt(),
                    loaded.encoder().config().positionTimeSteps());
            assertEquals(
                    weights.config().get("depth").asInt(),
                    loaded.encoder().config().depth());
            assertEquals(-4.268, loaded.frontEnd().mean());
            for (Map.Entry<String, NDArray> tensor : loaded.encoder().state().entrySet()) {
                assertArrayEquals(
                        weights.floats(prefix + tensor.getKey()),
                        tensor.getValue().toFloatArray(),
                        tensor.getKey());
            }
        }
        boolean decoderSaid = report.notes().stream().anyMatch(note -> note.startsWith("left out the decoder ("));
        assertEquals(!teacher, decoderSaid, report.notes().toString());
    }

    @Test
    void theFixturesOwnWeightsComeInToo() {
        Path encoder = folder.resolve("encoder");
        OptionalInt heads = heads("sslam", "weights", "heads");
        WeightImport.run(Golden.file("sslam", "weights.safetensors"), encoder, TinyOptions.of(heads, false, false));
        Path other = folder.resolve("other");
        WeightImport.run(file("sslam_pretrain"), other, TinyOptions.of(heads, false, false));
        assertEquals(
                Hashes.sha256(other.resolve("model.safetensors")), Hashes.sha256(encoder.resolve("model.safetensors")));
    }

    @Test
    void halfPrecisionIsWidenedExactly() throws IOException {
        Path encoder = folder.resolve("encoder");
        WeightImport.run(file("sslam_half"), encoder, TinyOptions.of(heads("sslam", "weights", "heads"), false, false));
        try (SafetensorsFile written = Safetensors.open(encoder.resolve("model.safetensors"));
                WeightFile half = WeightFile.open(file("sslam_half"))) {
            for (String name : written.names()) {
                assertArrayEquals(half.tensors().floats("model/" + name), written.floats(name), name);
            }
        }
        assertEquals(
                Hashes.sha256(encoder.resolve("model.safetensors")),
                description(encoder).get("sha256").asText());
    }

    @Test
    void decoderAndTeacherAreKeptWhenAskedFor() throws IOException {
        Path network = folder.resolve("network");
        WeightImport.run(
                file("sslam_pretrain"), network, TinyOptions.of(heads("sslam", "weights", "heads"), false, true));
        Fixture weights = Golden.fixture("sslam", "weights");
        for (String which : List.of("student", "teacher")) {
            try (SafetensorsFile written = Safetensors.open(network.resolve(which + ".safetensors"))) {
                long stored = weights.names().stream()
                        .filter(name -> name.startsWith(which))
                        .count();
                assertEquals(stored, written.names().size());
                for (String name : written.names()) {
                    assertArrayEquals(weights.floats(which + "." + name), written.floats(name), name);
                }
            }
        }
        JsonNode decoder = description(network).at("/model/decoder");
        JsonNode fixture = weights.config().get("decoder");
        assertEquals(fixture.get("dim").asInt(), decoder.get("dim").asInt());
        assertEquals(fixture.get("groups").asInt(), decoder.get("groups").asInt());
        assertEquals(fixture.get("kernel").asInt(), decoder.get("kernel").asInt());
        assertEquals(fixture.get("layers").asInt(), decoder.get("layers").asInt());
        try (NDManager manager = NDManager.newBaseManager()) {
            assertEquals(
                    weights.config().get("embed_dim").asInt(),
                    EncoderFiles.load(manager, network).encoder().config().embedDim());
        }
    }

    /** The file holds the weights of the recorded models: what comes in gives the recorded output. */
    @Test
    void audioMaeComesIn() throws IOException {
        Fixture models = Golden.fixture("audiomae", "mae_models");
        JsonNode c = models.config();
        Path encoder = folder.resolve("encoder");
        WeightImport.Report report = WeightImport.run(
                file("audiomae_pretrain"),
                encoder,
                TinyOptions.of(heads("audiomae", "mae_models", "heads"), false, false));
        assertEquals("audiomae-pretrained", report.kind().name());
        try (WeightFile source = WeightFile.open(file("audiomae_pretrain"));
                SafetensorsFile written = Safetensors.open(encoder.resolve("model.safetensors"))) {
            assertTrue(written.names().containsAll(Set.of("cls_token", "pos_embed", "norm.weight")));
            assertFalse(written.names().stream().anyMatch(name -> name.contains("decoder")));
            for (String name : written.names()) {
                assertArrayEquals(source.tensors().floats("model/" + name), written.floats(name), name);
            }
        }
        JsonNode description = description(encoder);
        int patch = c.get("patch").asInt();
        assertEquals(
                patch * c.get("grid").get(0).asInt(),
                description.at("/frontEnd/frames").asInt());
        assertEquals(
                patch * c.get("grid").get(1).asInt(),
                description.at("/frontEnd/melBins").asInt());
        assertEquals("audiomae-encoder/1", description.get("format").asText());
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeEncoder loaded = AudioMaeFiles.loadEncoder(manager, encoder).encoder();
            NDArray x = AudioMaeFixtures.array(manager, models, "input");
            TokenOrder order = AudioMaeFixtures.order(models);
            AudioMaeFixtures.assertClose(
                    models,
                    "latent",
                    GradMode.off(() -> loaded.encode(ops, loaded.seen(ops, loaded.tokens(ops, x), order.seenRows()))));
        }
    }

    @Test
    void mwMaeComesInWithItsAxesReordered() throws IOException {
        JsonNode config = Golden.fixture("mwmae", "model_mwmae").config();
        Path encoder = folder.resolve("encoder");
        WeightImport.Report report = WeightImport.run(
                Golden.file("mwmae", "checkpoint_7"),
                encoder,
                TinyOptions.of(heads("mwmae", "model_mwmae", "num_heads"), false, false));
        assertEquals("mwmae-pretrained", report.kind().name());
        JsonNode description = description(encoder);
        assertEquals(config.get("img_size").get(0), description.at("/frontEnd/frames"));
        assertEquals(config.get("img_size").get(1), description.at("/frontEnd/melBins"));
        assertEquals(config.get("patch_size").get(0), description.at("/model/patchFrames"));
        assertEquals(config.get("patch_size").get(1), description.at("/model/patchBins"));
        assertEquals(config.get("depth"), description.at("/model/depth"));
        assertFalse(description.at("/model/cls").booleanValue());
        Fixture model = Golden.fixture("mwmae", "model_mwmae");
        try (SafetensorsFile written = Safetensors.open(encoder.resolve("model.safetensors"))) {
            String kernel = "params/encoder_block_00/Attention_0/Dense_0/kernel";
            long[] shape = model.shape(kernel);
            float[] transposed = new float[(int) (shape[0] * shape[1])];
            float[] given = model.floats(kernel);
            for (int in = 0; in < shape[0]; in++) {
                for (int out = 0; out < shape[1]; out++) {
                    transposed[(int) (out * shape[0] + in)] = given[(int) (in * shape[1] + out)];
                }
            }
            assertArrayEquals(transposed, written.floats("blocks.0.attn.qkv.weight"));
            assertArrayEquals(model.floats("params/pos_embed"), written.floats("pos_embed"));
            assertArrayEquals(
                    new long[] {
                        config.get("embed_dim").asLong(),
                        1,
                        config.get("patch_size").get(0).asLong(),
                        config.get("patch_size").get(1).asLong()
                    },
                    written.shape("patch_embed.proj.weight"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslam_pretrain", "sslam_half", "audiomae_pretrain", "checkpoint_7"})
    void inOutAndInAgainIsTheSameToTheBit(String name) throws IOException {
        Path source = name.equals("checkpoint_7") ? Golden.file("mwmae", name) : file(name);
        Path first = folder.resolve("first");
        WeightImport.run(source, first, TinyOptions.of(OptionalInt.of(1), false, false));
        Path exported = folder.resolve("exported");
        WeightExport.Report report = WeightExport.run(first, exported, Optional.empty(), Map.of());
        Path second = folder.resolve("second");
        WeightImport.run(exported, second, ImportOptions.none());
        assertEquals(
                Hashes.sha256(first.resolve("model.safetensors")), Hashes.sha256(second.resolve("model.safetensors")));
        ObjectNode before = (ObjectNode) description(first);
        ObjectNode after = (ObjectNode) description(second);
        assertEquals(before.remove("origin").get("kind"), after.remove("origin").get("kind"));
        assertEquals(before, after);
        try (TensorFile published = WeightFile.open(exported).tensors();
                TensorFile original = WeightFile.open(source).tensors()) {
            for (String tensor : published.names()) {
                String there = original.names().contains(tensor) ? tensor : "model/" + tensor;
                assertArrayEquals(original.shape(there), published.shape(tensor), tensor);
                assertArrayEquals(original.floats(there), published.floats(tensor), tensor);
            }
        }
        String card = Files.readString(exported.resolve("README.md"));
        for (Path file : report.files()) {
            if (!file.endsWith("README.md")) {
                assertTrue(card.contains(Hashes.sha256(file)), card);
            }
        }
        for (String row : List.of("Trained on", "Licence", "Reported", "Source", "sampleRateHz", "sha256")) {
            assertTrue(card.contains("| " + row + " |"), row + " in " + card);
        }
    }

    @Test
    void theNamesOfHuggingFaceAreWrittenAndReadBack() throws IOException {
        Path first = folder.resolve("first");
        WeightImport.run(
                file("sslam_pretrain"), first, TinyOptions.of(heads("sslam", "weights", "heads"), false, false));
        Path exported = folder.resolve("hf/weights.safetensors");
        WeightExport.run(first, exported, Optional.of("sslam-huggingface"), Map.of());
        try (SafetensorsFile written = Safetensors.open(exported)) {
            assertTrue(written.names()
                    .containsAll(Set.of(
                            "model.extra_tokens",
                            "model.pre_norm.weight",
                            "model.local_encoder.proj.weight",
                            "model.fixed_positional_encoder.positions",
                            "model.blocks.0.attn.qkv.weight")));
            assertTrue(written.names().stream().allMatch(name -> name.startsWith("model.")));
        }
        JsonNode config = JSON.readTree(folder.resolve("hf/config.json").toFile());
        JsonNode fixture = Golden.fixture("sslam", "weights").config();
        assertEquals(fixture.get("embed_dim").asInt(), config.get("embed_dim").asInt());
        assertEquals(fixture.get("heads").asInt(), config.get("num_heads").asInt());
        assertEquals(fixture.get("mels").asInt(), config.get("mel_bins").asInt());
        assertTrue(Files.exists(folder.resolve("hf/README.md")));
        Path second = folder.resolve("second");
        WeightImport.Report back = WeightImport.run(exported, second, ImportOptions.none());
        assertEquals("sslam-huggingface", back.kind().name());
        assertEquals(
                Hashes.sha256(first.resolve("model.safetensors")), Hashes.sha256(second.resolve("model.safetensors")));
        try (var left = Files.list(folder)) {
            assertEquals(
                    List.of("first", "hf", "second"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
        assertEquals(3, folder.resolve("hf").toFile().list().length);
    }
}
