package org.sslam.train.audiomae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.audiomae.AudioMaeFixtures;
import org.sslam.models.encoder.Classifier;
import org.sslam.train.objective.ClassificationLoss;

/** Losses of fine-tuning with hidden patches, and the norm of every gradient. */
class AudioMaeFinetuneGoldenTest {
    /** The loss's name ends in the class of each clip. */
    private static final String CROSS_ENTROPY = "ce_loss_labels_";

    private final Fixture fixture = Golden.fixture("audiomae", "finetune_vit");
    private final JsonNode values = fixture.index().get("values");

    @Test
    void lossesAndGradients() {
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        ClassificationLoss losses = new ClassificationLoss(ops);
        try (NDManager manager = NDManager.newBaseManager()) {
            Classifier model = AudioMaeFixtures.classifier(manager, fixture);
            NDArray x = AudioMaeFixtures.array(manager, fixture, "input");
            Map<String, Parameter> parameters = model.parameters();
            parameters.values().forEach(Parameter::beginStep);
            try (Recording recording = Recording.start()) {
                NDArray logits = model.logits(ops, model.pooled(ops, x, AudioMaeFixtures.hidden(fixture)));
                NDArray targets = AudioMaeFixtures.array(manager, fixture, "targets");
                NDArray bce = losses.binaryCrossEntropy(logits, targets);
                Near.check(
                        fixture,
                        "bce_loss",
                        values.get("bce_loss").asDouble(),
                        bce.sum().getFloat() / bce.size());
                Map.Entry<String, JsonNode> recorded = values.properties().stream()
                        .filter(e -> e.getKey().startsWith(CROSS_ENTROPY))
                        .findFirst()
                        .orElseThrow();
                int[] labels = Stream.of(recorded.getKey()
                                .substring(CROSS_ENTROPY.length())
                                .split("_"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                Near.check(
                        fixture,
                        recorded.getKey(),
                        recorded.getValue().asDouble(),
                        crossEntropy(losses, logits.stopGradient(), labels));
                recording.backward(ops.scale(bce.sum(), 1.0 / bce.size()));
            }
            values.get("grad_norms_of_bce").properties().forEach(e -> compare(e, parameters.get(e.getKey())));
        }
    }

    private static double crossEntropy(ClassificationLoss losses, NDArray logits, int[] classOfClip) {
        int classes = (int) logits.getShape().get(1);
        float[] oneHot = new float[classOfClip.length * classes];
        for (int clip = 0; clip < classOfClip.length; clip++) {
            oneHot[clip * classes + classOfClip[clip]] = 1;
        }
        NDArray labels = Tensors.of(logits.getManager(), oneHot, logits.getShape());
        return losses.crossEntropy(logits, labels, 0).mean().getFloat();
    }

    private void compare(Map.Entry<String, JsonNode> norm, Parameter parameter) {
        assertTrue(parameter != null, "no parameter " + norm.getKey());
        double squares = 0;
        try (NDArray gradient = parameter.gradient()) {
            for (float g : gradient.toFloatArray()) {
                squares += (double) g * g;
            }
        }
        double expected = norm.getValue().asDouble();
        double bound = fixture.tolerance("grad_norm_atol", 0) + fixture.tolerance("grad_norm_rtol", 0) * expected;
        assertEquals(expected, Math.sqrt(squares), bound, "gradient norm of " + norm.getKey());
    }
}
