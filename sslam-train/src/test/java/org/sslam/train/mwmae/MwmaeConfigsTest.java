package org.sslam.train.mwmae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.models.mwmae.DecoderConfig;
import org.sslam.models.mwmae.Mwmae;

/** Every shipped recipe binds, has the paper's numbers, and contradictions are refused in one line. */
class MwmaeConfigsTest {
    private static final Path CONFIGS = Path.of("..", "configs", "mwmae");

    private static MwmaeRunConfig load(String recipe, String... more) {
        return Config.load(CONFIGS.resolve(recipe), List.of(more)).bind(MwmaeRunConfig.class);
    }

    static List<String> recipes() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void binds(String recipe) {
        MwmaeRunConfig config = load(recipe);
        assertEquals("runs/" + recipe.replace(".yaml", ""), config.output().toString());
        boolean windows = config.model().decoder().kind() == DecoderConfig.Kind.MULTI_WINDOW;
        assertEquals(windows, !config.model().cls(), "the plain MAE has CLS, MW-MAE none");
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void thePublishedRecipesAreThePublishedNumbers(String recipe) {
        MwmaeRunConfig config = load(recipe);
        assertEquals(0.8, config.objective().maskRatio());
        assertEquals(0.05, config.optimizer().weightDecay());
        assertEquals(0.999, config.optimizer().beta2());
        assertFalse(config.optimizer().noDecayOneDim());
        if (!recipe.startsWith("esc-tiny")) {
            assertEquals(6e-5, config.optimizer().learningRate());
            assertEquals(1984 * 100, config.optimizer().maxUpdates());
            assertEquals(1984 * 10, config.optimizer().warmupUpdates());
            assertEquals(
                    1024, config.optimizer().batchSize() * config.optimizer().accumulate());
        }
    }

    @ParameterizedTest
    @CsvSource({"mw-mae-b-4x16.yaml, 92814576", "mae-b-4x16.yaml, 92814784"})
    void parametersAreAsManyAsThePublicCodes(String recipe, long parameters) {
        Torch.start();
        MwmaeRunConfig config = load(recipe);
        try (NDManager manager = NDManager.newBaseManager()) {
            Mwmae model = new Mwmae(
                    new Init(manager),
                    config.model(),
                    config.frontEnd().frames(),
                    config.frontEnd().melBins());
            assertEquals(parameters, model.parameterCount());
        }
    }

    static List<String> baselines() throws IOException {
        return recipes().stream().filter(recipe -> recipe.startsWith("mae-")).toList();
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void baselinesDifferInWindowsAndClsAlone(String recipe) {
        MwmaeRunConfig plain = load(recipe);
        MwmaeRunConfig windowed = load("mw-" + recipe);
        assertEquals(windowed.optimizer(), plain.optimizer());
        assertEquals(windowed.frontEnd(), plain.frontEnd());
        assertEquals(windowed.objective(), plain.objective());
        int tokens = plain.model()
                .grid(plain.frontEnd().frames(), plain.frontEnd().melBins())
                .tokens();
        assertEquals(
                windowed.model().decoder().heads(tokens),
                plain.model().decoder().heads(tokens),
                "heads of the decoder, as many as the rule gives windows");
        assertEquals(0, plain.model().decoder().dim() % plain.model().decoder().heads(tokens));
        assertEquals(windowed.model().decoder().depth(), plain.model().decoder().depth());
        assertEquals(windowed.model().embedDim(), plain.model().embedDim());
        assertEquals(windowed.model().depth(), plain.model().depth());
        assertEquals(windowed.model().numHeads(), plain.model().numHeads());
        assertEquals(windowed.model().patchCells(), plain.model().patchCells());
    }

    @Test
    void theTinyPairTakesEqualSteps() {
        assertEquals(
                load("esc-tiny-mwmae.yaml").optimizer(),
                load("esc-tiny-mae.yaml").optimizer());
        assertEquals(
                load("esc-tiny-mwmae.yaml").frontEnd(),
                load("esc-tiny-mae.yaml").frontEnd());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.cls=true | no room for CLS",
                "model.decoder.windows=[3, 0] | does not divide 250",
                "model.decoder.windows=[2, 5, 0, 0, 0] | not a multiple of the 5 heads",
                "model.decoder.numHeads=8 | for kind plain",
                "model.patchFrames=7 | does not divide into 7 x 16 patches",
                "objective.maskRatio=0.999 | leaves 0 of 250",
                "objective.maskRatio=1 | between 0 and 1",
                "model.encoderWindows=[2, 5] | names 2 heads",
                "frontEnd.std=4 | std: 1",
                "method=audiomae | these are the keys of mwmae"
            })
    void contradictionsAreRefused(String override, String expected) {
        ConfigTree tree = Config.load(CONFIGS.resolve("mw-mae-b-4x16.yaml"), List.of(override.trim()));
        UserException e = assertThrows(UserException.class, () -> tree.bind(MwmaeRunConfig.class));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
}
