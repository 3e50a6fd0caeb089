package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.Labels;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Weights;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeEncoder;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;

/** A fine-tuned network as others publish it, with its head, says the same of a clip after its import. */
class ImportedClassifierTest {
    private static final Labels THREE = Labels.of(List.of("/m/a", "/m/b", "/m/c"), List.of("A", "B", "C"));

    @TempDir
    private Path folder;

    private NDManager manager;
    private Ops ops;
    private NDArray x;

    @BeforeEach
    void start() {
        Torch.start();
        Torch.seed(4);
        manager = NDManager.newBaseManager();
        ops = new ScriptOps(Precision.FP32);
        x = manager.randomNormal(new Shape(2, 1, 64, 32));
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private static ImportOptions options(Optional<ImportOptions.Head> head) {
        return new ImportOptions(
                Optional.empty(),
                false,
                PositionFit.EXACT,
                OptionalInt.of(64),
                OptionalInt.of(32),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.of(2),
                false,
                false,
                Map.of(),
                head);
    }

    private Path published(Classifier classifier, String prefix) {
        Map<String, NDArray> tensors = new TreeMap<>();
        classifier.state().forEach((name, value) -> {
            boolean head = name.startsWith("head.") || name.startsWith("fc_norm.");
            tensors.put(head ? name : prefix + name, value);
        });
        Path file = folder.resolve("published.safetensors");
        Weights.write(file, Map.of(), tensors);
        return file;
    }

    private void saysTheSame(
            TokenEncoder encoder, Classifier.Pooling pooling, Optional<Classifier.Pooling> asked, String prefix) {
        Classifier made = new Classifier(new Init(manager), encoder, 3, pooling, 1);
        ImportOptions options = options(Optional.of(new ImportOptions.Head(THREE, true, asked)));
        Path target = folder.resolve("model");
        WeightImport.Report report = WeightImport.run(published(made, prefix), target, options);

        assertTrue(report.notes().stream().noneMatch(note -> note.contains("head")), report.notes()::toString);
        ClassifierFiles.Loaded loaded = ClassifierFiles.load(manager, target);
        assertEquals(pooling, loaded.classifier().pooling());
        assertEquals(THREE.displayNames(), loaded.labels().displayNames());
        assertEquals("single", loaded.notes().get("labels"));
        assertArrayEquals(
                made.forward(ops, x).toFloatArray(),
                loaded.classifier().forward(ops, x).toFloatArray());
    }

    private SslamEncoder sslam() {
        SslamConfig sizes = new SslamConfig(16, 2, 2, 4, 8, 8, 1e-6, new DecoderConfig(16, 4, 3, 2, 0.01, 1e-5));
        return new SslamEncoder(new Init(manager), sizes, 32);
    }

    @Test
    void sslamWithItsHead() {
        saysTheSame(sslam(), Classifier.Pooling.CLS, Optional.empty(), "model.");
    }

    @Test
    void anotherPoolingIsTakenAtItsWord() {
        saysTheSame(sslam(), Classifier.Pooling.MEAN, Optional.of(Classifier.Pooling.MEAN), "model.");
    }

    @Test
    void audioMaeWithItsHead() {
        AudioMaeConfig sizes = new AudioMaeConfig(
                16,
                2,
                2,
                2,
                4,
                4,
                64,
                AudioMaeConfig.PositionOrder.REFERENCE,
                AudioMaeConfig.ShorterClips.FIRST_ROWS,
                1e-6,
                new org.sslam.models.audiomae.DecoderConfig(
                        org.sslam.models.audiomae.DecoderConfig.Kind.LOCAL,
                        16,
                        2,
                        2,
                        3,
                        0,
                        0,
                        org.sslam.models.audiomae.DecoderConfig.Shift.TIME,
                        5,
                        0.1));
        saysTheSame(
                new AudioMaeEncoder(new Init(manager), sizes, 32, false),
                Classifier.Pooling.MEAN,
                Optional.empty(),
                "");
    }

    @Test
    void withoutClassesTheEncoderAloneIsTaken() throws IOException {
        Classifier made = new Classifier(new Init(manager), sslam(), 3, Classifier.Pooling.CLS, 1);
        Path target = folder.resolve("encoder");
        WeightImport.Report report = WeightImport.run(published(made, "model."), target, options(Optional.empty()));
        assertTrue(report.notes().stream().anyMatch(note -> note.startsWith("left out the head")));
        assertFalse(Files.readString(target.resolve("model.json")).contains("classifier"));
    }

    @Test
    void classesThatAreNotThoseOfTheHeadAreRefused() {
        Classifier made = new Classifier(new Init(manager), sslam(), 3, Classifier.Pooling.CLS, 1);
        Path file = published(made, "model.");
        Path target = folder.resolve("model");
        ImportOptions.Head two = new ImportOptions.Head(Labels.of(List.of("a", "b")), false, Optional.empty());
        String said = assertThrows(UserException.class, () -> WeightImport.run(file, target, options(Optional.of(two))))
                .getMessage();
        assertTrue(said.contains("3 classes, --classes names 2"), said);
        assertFalse(Files.exists(target));
    }
}
