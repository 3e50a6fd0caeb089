package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.Labels;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeEncoder;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.EncoderDraws;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.mwmae.ChunkedEncoder;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.models.vit.DropPath;

/** A classifier's folder says the same of a clip as what was saved, and complains about what does not fit. */
class ClassifierFilesTest {
    private static final FrontEndConfig FRONT_END = new FrontEndConfig(
            FrontEndKind.KALDI,
            16000,
            32,
            64,
            -4,
            4,
            LengthPolicy.PAD_OR_CUT,
            25,
            10,
            20,
            8000,
            false,
            false,
            AugmentConfig.standard());
    private static final SslamConfig SIZES =
            new SslamConfig(16, 2, 2, 4, 8, 8, 1e-6, new DecoderConfig(16, 4, 3, 2, 0.01, 1e-5));

    @TempDir
    private Path folder;

    private NDManager manager;
    private Ops ops;
    private NDArray x;

    @BeforeEach
    void start() {
        Torch.start();
        Torch.seed(3);
        manager = NDManager.newBaseManager();
        ops = new ScriptOps(Precision.FP32);
        x = manager.randomNormal(new Shape(3, 1, 64, 32));
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private Classifier classifier(Classifier.Pooling pooling) {
        Init init = new Init(manager);
        return new Classifier(init, new SslamEncoder(init, SIZES, 32), 3, pooling, Classifier.HEAD_STD);
    }

    private Path save(Classifier classifier) {
        Path target = folder.resolve("model");
        Labels labels = Labels.of(List.of("a", "b", "c"), List.of("A", "B", "C"));
        ClassifierFiles.save(
                target,
                new ClassifierFiles.Loaded(classifier, FRONT_END, labels, Map.of("task", "t")),
                Map.of("more.txt", "more"));
        return target;
    }

    @Test
    void whatIsLoadedSaysTheSame() throws IOException {
        for (Classifier.Pooling pooling : Classifier.Pooling.values()) {
            Classifier made = classifier(pooling);
            ClassifierFiles.Loaded loaded = ClassifierFiles.load(manager, save(made));
            assertEquals(pooling, loaded.classifier().pooling());
            assertEquals(FRONT_END, loaded.frontEnd());
            assertEquals(List.of("A", "B", "C"), loaded.labels().displayNames());
            assertEquals(Map.of("task", "t"), loaded.notes());
            assertEquals("more", Files.readString(folder.resolve("model").resolve("more.txt")));
            assertArrayEquals(
                    made.forward(ops, x).toFloatArray(),
                    loaded.classifier().forward(ops, x).toFloatArray());
        }
    }

    @Test
    void itIsAlsoAnEncodersFolder() {
        Classifier made = classifier(Classifier.Pooling.CLS);
        SslamEncoder encoder = EncoderFiles.load(manager, save(made)).encoder();
        assertArrayEquals(
                ((SslamEncoder) made.encoder()).features(ops, x).toFloatArray(),
                encoder.features(ops, x).toFloatArray());
    }

    /** Its front-end too: features must be those that the head was trained on. */
    @Test
    void itsEncoderEmbeds() {
        Classifier made = classifier(Classifier.Pooling.CLS);
        Path target = save(made);
        EncoderZoo.Loaded loaded = EncoderZoo.load(manager, target);
        assertEquals(FRONT_END, loaded.encoder().frontEnd());
        assertEquals(2, loaded.encoder().layers());
        assertArrayEquals(
                ((SslamEncoder) made.encoder()).features(ops, x).toFloatArray(),
                loaded.encoder().tokens(ops, x, 2).toFloatArray());
        assertEquals(target, EncoderZoo.load(manager, folder).folder(), "inside its run's folder");
    }

    @Test
    void theHeadAloneIsNormAndLinear() {
        Classifier made = classifier(Classifier.Pooling.CLS);
        assertEquals(
                Set.of("fc_norm.weight", "fc_norm.bias", "head.weight", "head.bias"),
                made.headParameters().keySet());
        assertTrue(made.parameters().keySet().containsAll(made.headParameters().keySet()));
        try (NDArray pooled = made.pooled(ops, x, EncoderDraws.NONE)) {
            assertArrayEquals(
                    made.forward(ops, x).toFloatArray(),
                    made.logits(ops, pooled).toFloatArray());
        }
    }

    @Test
    void droppedPathsChangeTheFeaturesAndDependOnTheDrawAlone() {
        Classifier made = classifier(Classifier.Pooling.CLS);
        float[] plain = made.pooled(ops, x, EncoderDraws.NONE).toFloatArray();
        float[] first = made.pooled(ops, x, dropped()).toFloatArray();
        float[] again = made.pooled(ops, x, dropped()).toFloatArray();
        assertArrayEquals(first, again);
        assertTrue(Math.abs(plain[0] - first[0]) > 1e-6 || Math.abs(plain[20] - first[20]) > 1e-6);
    }

    private static EncoderDraws dropped() {
        return new EncoderDraws(new DropPath(0.9, 2, new SplittableRandom(5)), Optional.empty());
    }

    /** Every family's classifier comes back from its folder, and its encoder from there too. */
    @Test
    void anAudioMaeIsOneToo() {
        AudioMaeConfig sizes = Config.parse(
                        "test",
                        "{embedDim: 16, depth: 2, numHeads: 2, patchSize: 8, patchStride: 8, positionFrames: 64,"
                                + " decoder: {dim: 16, numHeads: 2, blocks: 1}}")
                .bind(AudioMaeConfig.class);
        Init init = new Init(manager);
        AudioMaeEncoder encoder = new AudioMaeEncoder(init, sizes, 32, false);
        Classifier made = new Classifier(init, encoder, 3, Classifier.Pooling.MEAN, 2e-5);
        Path target = save(made);
        Classifier loaded = ClassifierFiles.load(manager, target).classifier();
        assertArrayEquals(
                made.forward(ops, x).toFloatArray(), loaded.forward(ops, x).toFloatArray());
        TokenEncoder alone = TokenEncoders.load(manager, target).encoder();
        alone.state().forEach((name, array) -> assertEquals(encoder.state().get(name), array, name));
        assertEquals(target.resolve("model.safetensors"), TokenEncoders.weights(target));
        assertArrayEquals(
                encoder.encode(ops, encoder.tokens(ops, x), encoder.depth()).toFloatArray(),
                EncoderZoo.load(manager, target)
                        .encoder()
                        .tokens(ops, x, encoder.depth())
                        .toFloatArray());
    }

    /** What is two chunks to the head is embedded chunk by chunk. */
    @Test
    void anMwmaeIsOneToo() {
        MwmaeConfig sizes = Config.parse(
                        "test",
                        "{embedDim: 16, depth: 2, numHeads: 2, patchFrames: 4, patchBins: 16, decoder: {dim: 16}}")
                .bind(MwmaeConfig.class);
        Init init = new Init(manager);
        MwmaeEncoder encoder = new MwmaeEncoder(init, sizes, sizes.grid(32, 32));
        Path target = save(new Classifier(init, new ChunkedEncoder(encoder), 3, Classifier.Pooling.MEAN, 2e-5));
        AudioEncoder loaded = EncoderZoo.load(manager, target).encoder();
        assertEquals(FRONT_END.withFrames(32), loaded.frontEnd());
        NDArray chunk = manager.randomNormal(new Shape(3, 1, 32, 32));
        assertArrayEquals(
                encoder.features(ops, chunk, 2).toFloatArray(),
                loaded.tokens(ops, chunk, 2).toFloatArray());
    }

    /** Seen tokens decide the features, in whatever order they are fed. */
    @Test
    void hiddenTokensAreLeftOut() {
        Classifier made = classifier(Classifier.Pooling.MEAN);
        float[] some = pooled(made, new int[] {0, 9, 4});
        assertArrayEquals(some, pooled(made, new int[] {4, 0, 9}), 1e-5f);
        assertTrue(Math.abs(some[0] - pooled(made, new int[] {4, 0, 10})[0]) > 1e-6);
    }

    private float[] pooled(Classifier made, int[] seen) {
        EncoderDraws draws = new EncoderDraws(DropPath.NONE, Optional.of(grid -> new int[][] {seen, seen, seen}));
        return made.pooled(ops, x, draws).toFloatArray();
    }

    @Test
    void aHeadOfAnotherSizeThanTheClassesIsNamed() throws IOException {
        Path target = save(classifier(Classifier.Pooling.CLS));
        Path json = target.resolve("model.json");
        Files.writeString(
                json,
                Files.readString(json)
                        .replace("\"a\", \"b\", \"c\"", "\"a\", \"b\"")
                        .replace("\"A\", \"B\", \"C\"", "\"A\", \"B\""));
        String message = assertThrows(UserException.class, () -> ClassifierFiles.load(manager, target))
                .getMessage();
        assertTrue(message.contains("has 3 classes, ") && message.contains("names 2"), message);
    }

    @Test
    void anEncoderIsNoClassifier() {
        Path target = folder.resolve("encoder");
        EncoderFiles.save(
                target, (SslamEncoder) classifier(Classifier.Pooling.CLS).encoder(), FRONT_END);
        String message = assertThrows(UserException.class, () -> ClassifierFiles.load(manager, target))
                .getMessage();
        assertTrue(message.contains("has format 'sslam-encoder/1', not sslam-classifier/1"), message);
        String none = assertThrows(UserException.class, () -> ClassifierFiles.load(manager, folder))
                .getMessage();
        assertTrue(none.contains("does not hold a classifier (no model.json)"), none);
    }

    @Test
    void damagedWeightsAreNoticed() throws IOException {
        Path target = save(classifier(Classifier.Pooling.CLS));
        Path weights = target.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        String message = assertThrows(UserException.class, () -> ClassifierFiles.load(manager, target))
                .getMessage();
        assertTrue(message.contains("differs from the hash"), message);
    }
}
