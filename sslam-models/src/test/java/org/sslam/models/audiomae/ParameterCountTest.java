package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.models.encoder.Classifier;

/** The published numbers of parameters; counted at two depths and carried on, since blocks are equal. */
class ParameterCountTest {
    private static final int BINS = 128;
    private static final int AUDIOSET_CLASSES = 527;

    @BeforeAll
    static void start() {
        Torch.start();
    }

    private static AudioMaeConfig config(String yaml) {
        return Config.parse("test", yaml).bind(AudioMaeConfig.class);
    }

    private static long count(String sizes, String kind, int depth, int blocks, boolean tables) {
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMae model = new AudioMae(
                    new Init(manager),
                    config("{%s, depth: %d, decoder: {kind: %s, blocks: %d}}".formatted(sizes, depth, kind, blocks)),
                    BINS);
            long all = model.state().values().stream().mapToLong(a -> a.size()).sum();
            return tables ? all : model.parameterCount();
        }
    }

    private static long whole(String kind, int blocks, boolean tables) {
        String sizes = "embedDim: 768, numHeads: 12";
        long least = count(sizes, kind, 1, 1, tables);
        long block = count(sizes, kind, 2, 1, tables) - least;
        long decoderBlock = count(sizes, kind, 1, 2, tables) - least;
        return least + 11 * block + (blocks - 1L) * decoderBlock;
    }

    @Test
    void preTrainingModels() {
        assertEquals(136_336_128, whole("local", 16, false));
        assertEquals(136_992_768, whole("local", 16, true));
        assertEquals(110_999_808, whole("global", 8, false));
        assertEquals(111_656_448, whole("global", 8, true));
    }

    /** What the paper counts: the classifier of AudioSet's 527 classes, its position table included. */
    @Test
    void classifiers() {
        assertEquals(85_659_407, classifier("embedDim: 768, numHeads: 12", 12, false));
        assertEquals(22, Math.round(classifier("embedDim: 384, numHeads: 6", 12, true) / 1e6));
        assertEquals(86, Math.round(classifier("embedDim: 768, numHeads: 12", 12, true) / 1e6));
        assertEquals(304, Math.round(classifier("embedDim: 1024, numHeads: 16", 24, true) / 1e6));
    }

    private static long classifier(String sizes, int depth, boolean tables) {
        long one = shallowClassifier(sizes, 1, tables);
        return one + (depth - 1L) * (shallowClassifier(sizes, 2, tables) - one);
    }

    private static long shallowClassifier(String sizes, int depth, boolean tables) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Init init = new Init(manager);
            AudioMaeConfig config = config("{%s, depth: %d}".formatted(sizes, depth));
            AudioMaeEncoder encoder = new AudioMaeEncoder(init, config, BINS, false);
            Classifier model =
                    new Classifier(init, encoder, AUDIOSET_CLASSES, Classifier.Pooling.MEAN, Classifier.HEAD_STD);
            return tables
                    ? model.state().values().stream().mapToLong(a -> a.size()).sum()
                    : model.parameterCount();
        }
    }
}
