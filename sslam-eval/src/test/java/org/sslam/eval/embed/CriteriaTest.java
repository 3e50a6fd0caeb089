package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.audio.Audio;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

/** The encoder behind DJL's own door gives what {@link Embedder} gives. */
class CriteriaTest {
    private static final int RATE = TestEncoders.RATE_HZ;

    @TempDir
    private static Path folder;

    private static Path encoder;

    @BeforeAll
    static void write() {
        encoder = TestEncoders.save(folder.resolve("encoder"), 1);
    }

    private static <I> Criteria.Builder<I, float[]> criteria(Class<I> input, Path model) {
        return Criteria.builder()
                .setTypes(input, float[].class)
                .optModelPath(model)
                .optEngine("PyTorch")
                .optArgument("blockFactory", EncoderBlockFactory.class.getName())
                .optTranslatorFactory(new EmbeddingTranslatorFactory())
                .optOption("hasParameter", "false");
    }

    private static <I> float[] predict(Criteria<I, float[]> criteria, I input) throws Exception {
        try (ZooModel<I, float[]> model = criteria.loadModel();
                Predictor<I, float[]> predictor = model.newPredictor()) {
            return predictor.predict(input);
        }
    }

    private static float[] expected(EmbedOptions options, float[] sound, int rateHz) {
        try (Embedder embedder = Embedder.load(encoder, options.withThreads(1))) {
            return embedder.embed(sound, rateHz);
        }
    }

    @Test
    void filesAudioAndSamples() throws Exception {
        float[] sound = TestEncoders.sound(2.1, RATE, 1);
        float[] expected = expected(EmbedOptions.standard(), sound, RATE);
        Path file = TestEncoders.wav(folder.resolve("a.wav"), sound, RATE);
        assertArrayEquals(expected, predict(criteria(Path.class, encoder).build(), file));
        assertArrayEquals(expected, predict(criteria(float[].class, encoder).build(), sound));
        float[] stereo = new float[2 * sound.length];
        for (int i = 0; i < sound.length; i++) {
            stereo[2 * i] = 2 * sound[i];
        }
        Audio audio = new Audio(stereo, RATE, 2);
        assertArrayEquals(expected, predict(criteria(Audio.class, encoder).build(), audio));
    }

    @Test
    void argumentsAreTheEmbeddersOptions() throws Exception {
        float[] sound = TestEncoders.sound(6.3, RATE, 2);
        float[] expected = expected(
                EmbedOptions.standard()
                        .withPooling(Pooling.BOTH)
                        .withSlide(0.32)
                        .withLayer(1)
                        .withBatchSize(4),
                sound,
                RATE);
        float[] found = predict(
                criteria(float[].class, encoder)
                        .optArgument("pooling", "both")
                        .optArgument("policy", "slide")
                        .optArgument("hop", "0.32")
                        .optArgument("layer", "1")
                        .optArgument("batch", "4")
                        .build(),
                sound);
        assertArrayEquals(expected, found);
    }

    @Test
    void severalSoundsInOneCall() throws Exception {
        List<float[]> sounds = List.of(TestEncoders.sound(0.5, RATE, 1), TestEncoders.sound(1.5, RATE, 2));
        try (ZooModel<float[], float[]> model =
                        criteria(float[].class, encoder).build().loadModel();
                Predictor<float[], float[]> predictor = model.newPredictor()) {
            List<float[]> vectors = predictor.batchPredict(sounds);
            for (int i = 0; i < 2; i++) {
                assertArrayEquals(expected(EmbedOptions.standard(), sounds.get(i), RATE), vectors.get(i));
            }
        }
    }

    @Test
    void mistakesAreNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
        TranslateException broken = assertThrows(
                TranslateException.class,
                () -> predict(criteria(Path.class, encoder).build(), text));
        assertTrue(broken.getMessage().contains("no known sound format"), broken.getMessage());
        UserException argument = assertThrows(UserException.class, () -> criteria(Path.class, encoder)
                .optArgument("pooling", "max")
                .build()
                .loadModel());
        assertEquals("the argument pooling is 'max'; choose cls, mean, both, rows", argument.getMessage());
        Path empty = Files.createDirectories(folder.resolve("empty"));
        UserException missing = assertThrows(
                UserException.class, () -> criteria(Path.class, empty).build().loadModel());
        assertTrue(missing.getMessage().contains("holds no encoder"), missing.getMessage());
    }

    @Test
    void soundsLongerThanOneBatchAreCutInSlices() throws Exception {
        float[] sound = TestEncoders.sound(9, RATE, 3);
        assertArrayEquals(
                expected(EmbedOptions.standard(), sound, RATE),
                predict(criteria(float[].class, encoder).build(), sound));
    }
}
