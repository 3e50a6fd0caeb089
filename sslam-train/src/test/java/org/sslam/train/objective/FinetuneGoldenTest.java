package org.sslam.train.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sslam.audio.augment.Mixup;
import org.sslam.audio.augment.SpectrogramMask;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.sslam.SslamFixtures;

/** Mixup, band masks, logits of both poolings, both losses, gradients of a fine-tuning step. */
class FinetuneGoldenTest {
    private static final Pattern SMOOTHING = Pattern.compile("label smoothing ([0-9.]*[0-9])");

    private final Fixture fixture = Golden.fixture("sslam", "finetune");
    private final JsonNode config = fixture.config();
    private final int batch = (int) fixture.shape("input")[0];

    @Test
    void mixup() {
        double lambda = config.get("lam").asDouble();
        SslamFixtures.assertClose(fixture, "input_mixed", Mixup.mix(fixture.floats("input"), batch, lambda));
        SslamFixtures.assertClose(fixture, "labels_mixed", Mixup.mix(fixture.floats("labels"), batch, lambda));
    }

    @Test
    void bandMasks() {
        int frames = (int) fixture.shape("input")[2];
        int bins = (int) fixture.shape("input")[3];
        float[] x = fixture.floats("input_mixed");
        float[] u = fixture.floats("u");
        long[] frequencyBands = fixture.longs("freq_band");
        long[] timeBands = fixture.longs("time_band");
        for (int b = 0; b < batch; b++) {
            SpectrogramMask.Band frequency = SpectrogramMask.Band.of(
                    u[4 * b], u[4 * b + 1], bins, config.get("freq_param").asDouble());
            SpectrogramMask.Band time = SpectrogramMask.Band.of(
                    u[4 * b + 2], u[4 * b + 3], frames, config.get("time_param").asDouble());
            assertEquals(
                    new SpectrogramMask.Band((int) frequencyBands[2 * b], (int) frequencyBands[2 * b + 1]), frequency);
            assertEquals(new SpectrogramMask.Band((int) timeBands[2 * b], (int) timeBands[2 * b + 1]), time);
            SpectrogramMask.mask(x, b * frames * bins, frames, bins, frequency, time);
        }
        SslamFixtures.assertClose(fixture, "input_mixed_specaug", x);
    }

    @Test
    void logitsLossesAndGradients() {
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        ClassificationLoss losses = new ClassificationLoss(ops);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray input = SslamFixtures.array(manager, fixture, "input");
            SslamFixtures.assertClose(
                    fixture,
                    "logits_eval_cls",
                    classifier(manager, Classifier.Pooling.CLS).forward(ops, input));
            SslamFixtures.assertClose(
                    fixture,
                    "logits_eval_meanpool",
                    classifier(manager, Classifier.Pooling.MEAN).forward(ops, input));

            String pooling = config.get("pooling").asText().toUpperCase(Locale.ROOT);
            Classifier model =
                    classifier(manager, pooling.startsWith("MEAN") ? Classifier.Pooling.MEAN : Classifier.Pooling.CLS);
            Map<String, Parameter> parameters = model.parameters();
            parameters.values().forEach(Parameter::beginStep);
            try (Recording recording = Recording.start()) {
                NDArray logits = model.forward(ops, SslamFixtures.array(manager, fixture, "input_mixed_specaug"));
                NDArray labels = SslamFixtures.array(manager, fixture, "labels_mixed");
                NDArray bce = losses.binaryCrossEntropy(logits, labels);
                SslamFixtures.assertClose(fixture, "logits_train", logits);
                SslamFixtures.assertClose(fixture, "bce", bce);
                NDArray oneHot = SslamFixtures.array(manager, fixture, "onehot");
                SslamFixtures.assertClose(fixture, "ce_smoothed", losses.crossEntropy(logits, oneHot, smoothing()));
                float divisor = labels.sum().getFloat();
                JsonNode scalars = fixture.index().get("scalars");
                assertEquals(scalars.get("sample_size_bce").asDouble(), divisor, 1e-4);
                double loss = scalars.get("loss_bce_over_sample_size").asDouble();
                assertEquals(loss, bce.sum().getFloat() / divisor, 1e-3 * loss);
                recording.backward(ops.scale(bce.sum(), 1 / divisor));
            }
            int compared = 0;
            for (String name : fixture.names()) {
                if (name.startsWith("grad.")) {
                    compareGradient(name, parameters.get(name.substring("grad.".length())));
                    compared++;
                }
            }
            assertTrue(compared > 0, "the fixture has no gradient");
        }
    }

    private double smoothing() {
        String meaning = fixture.index().at("/tensors/ce_smoothed/meaning").asText();
        Matcher says = SMOOTHING.matcher(meaning);
        assertTrue(says.find(), meaning);
        return Double.parseDouble(says.group(1));
    }

    private void compareGradient(String name, Parameter parameter) {
        float[] expected = fixture.floats(name);
        float largest = 0;
        for (float g : expected) {
            largest = Math.max(largest, Math.abs(g));
        }
        try (NDArray gradient = parameter.gradient()) {
            float[] actual = gradient.toFloatArray();
            double bound = fixture.tolerance("grad_rel", 2e-3) * largest;
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], bound, name + " " + i);
            }
        }
    }

    private Classifier classifier(NDManager manager, Classifier.Pooling pooling) {
        int classes = config.get("classes").asInt();
        Classifier model = new Classifier(
                new Init(manager),
                SslamFixtures.student(manager, config).encoder(),
                classes,
                pooling,
                Classifier.HEAD_STD);
        Map<String, NDArray> state = model.state();
        for (String name : new String[] {"fc_norm.weight", "fc_norm.bias", "head.weight", "head.bias"}) {
            assertEquals(new Shape(fixture.shape(name)), state.get(name).getShape(), name);
            state.get(name).set(FloatBuffer.wrap(fixture.floats(name)));
        }
        return model;
    }
}
