package org.sslam.train.mwmae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.ops.ScriptTensorLists;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.mwmae.MwmaeFixtures;
import org.sslam.models.vit.PatchNorm;
import org.sslam.train.objective.Losses;
import org.sslam.train.objective.PatchLoss;
import org.sslam.train.optim.AdamW;
import org.sslam.train.optim.CosineSchedule;
import org.sslam.train.optim.OptimizerConfig;
import org.sslam.train.optim.RateScale;

/** Losses, every recorded gradient and one update of whole networks; the loss alone; the learning rate. */
class MwmaeStepGoldenTest {
    /** What a fixture says of the step in words. */
    private static final Pattern STEP =
            Pattern.compile("lr ([0-9.e-]+), wd ([0-9.e-]+).*betas \\(([0-9.]+), ?([0-9.]+)\\), eps ([0-9.e-]+)");

    private static final String UPDATED = "after_adamw/";
    private static final int PUBLISHED_WARMUP_EPOCHS = 10;
    private static final int PUBLISHED_EPOCHS = 100;

    @TestFactory
    Stream<DynamicTest> everyModel() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps()).flatMap(ops -> MwmaeFixtures.MODELS.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name + ", " + ops.getClass().getSimpleName(),
                        () -> check(Golden.fixture("mwmae", name), ops))));
    }

    private void check(Fixture fixture, Ops ops) {
        JsonNode values = fixture.index().get("values");
        try (NDManager manager = NDManager.newBaseManager();
                MwmaePretraining normalized = method(manager, fixture, ops, true);
                MwmaePretraining plain = method(manager, fixture, ops, false)) {
            loss(
                    manager,
                    fixture,
                    normalized,
                    values.get("loss_norm_pix_biased_var").asDouble());
            Map<String, NDArray> gradients = step(manager, fixture, plain, ops, values);
            if (fixture.names().stream().anyMatch(name -> name.startsWith(UPDATED))) {
                update(manager, fixture, plain, gradients);
            }
        }
    }

    private static MwmaePretraining method(NDManager manager, Fixture fixture, Ops ops, boolean normalize) {
        FrontEndConfig frontEnd = new FrontEndConfig(
                FrontEndKind.TORCHAUDIO,
                16000,
                MwmaeFixtures.bins(fixture),
                MwmaeFixtures.frames(fixture),
                0,
                1,
                LengthPolicy.RANDOM_CROP,
                25,
                10,
                50,
                8000,
                false,
                false,
                AugmentConfig.standard());
        double ratio = fixture.config().get("mask_ratio").asDouble();
        MwmaePretraining method = new MwmaePretraining(
                manager,
                ops,
                new MwmaePretraining.Settings(
                        MwmaeFixtures.config(fixture), frontEnd, new ObjectiveConfig(ratio, normalize), 1, 0));
        MwmaeFixtures.fill(fixture, "params/", method.model().state());
        return method;
    }

    private static void loss(NDManager manager, Fixture fixture, MwmaePretraining method, double expected) {
        try (NDManager step = manager.newSubManager()) {
            Losses losses = method.compare(step, fixture.floats("input"), MwmaeFixtures.order(fixture))
                    .losses();
            Near.check(fixture, "loss", expected, losses.total().getFloat() / losses.sampleSize());
        }
    }

    /** Gradients of the plain loss, by name. */
    private static Map<String, NDArray> step(
            NDManager manager, Fixture fixture, MwmaePretraining method, Ops ops, JsonNode values) {
        Map<String, Parameter> parameters = method.parameters();
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        TokenOrder order = MwmaeFixtures.order(fixture);
        parameters.values().forEach(Parameter::beginStep);
        try (NDManager step = manager.newSubManager();
                Recording recording = Recording.start()) {
            Losses losses = method.compare(step, fixture.floats("input"), order).losses();
            Near.check(
                    fixture,
                    "loss",
                    values.get("loss").asDouble(),
                    losses.total().getFloat() / losses.sampleSize());
            recording.backward(ops.scale(losses.total(), 1 / losses.sampleSize()));
            parameters.forEach((name, parameter) -> {
                NDArray gradient = parameter.gradient();
                gradient.attach(manager);
                gradients.put(name, gradient);
            });
        } finally {
            parameters.values().forEach(Parameter::endStep);
        }
        boolean windowed = MwmaeFixtures.isWindowed(fixture, "params/");
        JsonNode norms = values.get("grad_norms");
        assertTrue(norms.size() > 0);
        Map<String, NDArray> byFlaxName = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> byFlaxName.put(MwmaeFixtures.flaxName(name, windowed), gradient));
        // Fixtures may list the first blocks only.
        norms.fieldNames().forEachRemaining(name -> {
            assertTrue(byFlaxName.containsKey(name), "no gradient of " + name + ", which " + fixture + " lists");
            norm(fixture, norms.get(name).asDouble(), name, byFlaxName.get(name));
        });
        return gradients;
    }

    private static void norm(Fixture fixture, double expected, String name, NDArray gradient) {
        double squares = 0;
        for (float g : gradient.toFloatArray()) {
            squares += (double) g * g;
        }
        double bound = fixture.tolerance("grad_norm_atol", 0) + fixture.tolerance("grad_norm_rtol", 0) * expected;
        assertEquals(expected, Math.sqrt(squares), bound, "gradient norm of " + name);
    }

    private static void update(
            NDManager manager, Fixture fixture, MwmaePretraining method, Map<String, NDArray> gradients) {
        String said = fixture.names().stream()
                .filter(name -> name.startsWith(UPDATED))
                .map(fixture::doc)
                .findFirst()
                .orElseThrow();
        Matcher numbers = STEP.matcher(said);
        assertTrue(numbers.find(), said);
        OptimizerConfig config = new OptimizerConfig(
                Double.parseDouble(numbers.group(1)),
                0,
                0,
                true,
                Integer.MAX_VALUE,
                Double.parseDouble(numbers.group(3)),
                Double.parseDouble(numbers.group(4)),
                Double.parseDouble(numbers.group(5)),
                EpsPlacement.CORRECTED,
                Double.parseDouble(numbers.group(2)),
                false,
                false,
                0,
                1,
                1);
        try (AdamW adamW = new AdamW(manager, method.parameters(), RateScale.ONE, config, new ScriptTensorLists(1))) {
            adamW.update(gradients, 0, 1);
        }
        boolean windowed = MwmaeFixtures.isWindowed(fixture, "params/");
        int compared = 0;
        for (Map.Entry<String, NDArray> entry : method.model().state().entrySet()) {
            String name = UPDATED + MwmaeFixtures.flaxName(entry.getKey(), windowed);
            if (fixture.has(name)) {
                compare(fixture, name, entry.getValue(), gradients.get(entry.getKey()), config.learningRate());
                compared++;
            }
        }
        assertEquals(
                fixture.names().stream()
                        .filter(name -> name.startsWith(UPDATED))
                        .count(),
                compared);
    }

    /** Entries with a clear gradient move as recorded; the others may step either way. */
    private static void compare(Fixture fixture, String name, NDArray updated, NDArray gradient, double lr) {
        float[] expected = MwmaeFixtures.stored(fixture, name);
        float[] actual = updated.toFloatArray();
        assertEquals(expected.length, actual.length, name);
        float[] slopes = gradient.toFloatArray();
        double clear = 1e-3
                * IntStream.range(0, slopes.length)
                        .mapToDouble(i -> Math.abs(slopes[i]))
                        .max()
                        .orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(slopes[i]) > clear) {
                Near.check(fixture, name + " " + i, expected[i], actual[i]);
            } else {
                assertEquals(expected[i], actual[i], 2.1 * lr, name + " " + i);
            }
        }
    }

    @Test
    void lossOfThePublicCode() {
        Torch.start();
        Fixture fixture = Golden.fixture("mwmae", "loss");
        JsonNode values = fixture.index().get("values");
        Near.check(fixture, "plain", values.get("plain").asDouble(), loss(fixture, PatchNorm.NONE));
        Near.check(fixture, "norm_pix", values.get("norm_pix").asDouble(), loss(fixture, PatchNorm.BIASED));
    }

    private static double loss(Fixture fixture, PatchNorm norm) {
        int cells = (int) fixture.shape("pred")[2];
        float[] mask = fixture.floats("mask");
        int hidden = 0;
        float[] predicted = new float[mask.length * cells];
        float[] target = new float[mask.length * cells];
        for (int row = 0; row < mask.length; row++) {
            if (mask[row] == 1) {
                System.arraycopy(fixture.floats("pred"), row * cells, predicted, hidden * cells, cells);
                System.arraycopy(fixture.floats("target"), row * cells, target, hidden * cells, cells);
                hidden++;
            }
        }
        norm.apply(target, cells);
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape all = new Shape(mask.length, cells);
            NDArray p = Tensors.of(manager, predicted, all).get(":{}", hidden);
            NDArray t = Tensors.of(manager, target, all).get(":{}", hidden);
            return new PatchLoss(new ScriptOps(Precision.FP32)).sum(p, t, 1).getFloat() / hidden;
        }
    }

    @Test
    void learningRate() {
        JsonNode c = Golden.fixture("mwmae", "loss").index().get("values").get("lr_schedule");
        long epoch = c.get("steps_per_epoch").asLong();
        long warmup = epoch * c.path("warmup_epochs").asLong(PUBLISHED_WARMUP_EPOCHS);
        long all = epoch * c.path("epochs").asLong(PUBLISHED_EPOCHS);
        CosineSchedule schedule = new CosineSchedule(c.get("effective").asDouble(), 0, 0, warmup, all);
        assertTrue(c.get("points").size() > 0);
        for (JsonNode point : c.get("points")) {
            double expected = point.get(1).asDouble();
            // The recorded rates are float32, the cosine's rounding too.
            double rounding = 1e-3 * expected + 1e-7 * c.get("effective").asDouble();
            assertEquals(expected, schedule.rate(point.get(0).asLong()), rounding, "update " + point.get(0));
        }
    }
}
