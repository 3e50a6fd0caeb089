package org.sslam.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.EpsPlacement;
import org.sslam.core.ops.ScriptTensorLists;

/** Audio-MAE's learning rates at fractional epochs, and rate and decay of every parameter in fine-tuning. */
class AudioMaeRecipeGoldenTest {
    /** Enough that every recorded epoch is a whole number of updates. */
    private static final int UPDATES_OF_EPOCH = 4000;

    private final Fixture fixture = Golden.fixture("audiomae", "recipe");
    private final JsonNode values = fixture.index().get("values");

    private static OptimizerConfig config(double lr, double floor, long warmup, long updates, double decay) {
        return new OptimizerConfig(
                lr, floor, warmup, true, updates, 0.9, 0.95, 1e-8, EpsPlacement.CORRECTED, decay, true, false, 0, 1, 1);
    }

    @Test
    void rates() {
        int compared = 0;
        for (JsonNode s : values.get("lr_schedule")) {
            CosineSchedule schedule = config(
                            s.get("lr").asDouble(),
                            s.get("min_lr").asDouble(),
                            Math.round(s.get("warmup").asDouble() * UPDATES_OF_EPOCH),
                            Math.round(s.get("epochs").asDouble() * UPDATES_OF_EPOCH),
                            0)
                    .schedule();
            for (JsonNode point : s.get("points")) {
                long update = Math.round(point.get(0).asDouble() * UPDATES_OF_EPOCH);
                double expected = point.get(1).asDouble();
                double rounding = 1e-15 * s.get("lr").asDouble();
                assertEquals(expected, schedule.rate(update), 1e-9 * expected + rounding, "epoch " + point.get(0));
                compared++;
            }
        }
        assertTrue(compared > 0);
    }

    @Test
    void ratesAndDecayOfEveryParameter() {
        Torch.start();
        JsonNode c = values.get("layer_decay");
        double lr = 1e-3;
        double floor = 1e-6;
        OptimizerConfig config =
                config(lr, floor, 10, 100, c.get("weight_decay").asDouble());
        LayerDecay decay =
                new LayerDecay(c.get("layer_decay").asDouble(), c.get("depth").asInt(), LayerDecay.Form.MAE);
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Parameter> parameters = new LinkedHashMap<>();
            for (JsonNode group : c.get("groups")) {
                group.get("params").forEach(name -> parameters.put(name.asText(), parameter(manager, name.asText())));
            }
            try (AdamW adamW = new AdamW(manager, parameters, decay, config, new ScriptTensorLists(1))) {
                for (JsonNode group : c.get("groups")) {
                    for (JsonNode name : group.get("params")) {
                        double scale = group.get("lr_scale").asDouble();
                        Near.check(fixture, name.asText(), scale, adamW.rate(name.asText(), 10) / lr);
                        Near.check(
                                fixture, name + " at the end", scale, adamW.rate(name.asText(), 99) / adamW.rate(99));
                        assertEquals(
                                group.get("weight_decay").asDouble(), adamW.decay(name.asText()), "decay of " + name);
                    }
                }
            }
        }
    }

    /** With as many axes as the real one. */
    private static Parameter parameter(NDManager manager, String name) {
        Shape shape = new Shape(2);
        if (name.equals("cls_token")) {
            shape = new Shape(1, 1, 2);
        } else if (name.endsWith("weight") && !name.contains("norm")) {
            shape = new Shape(2, 2);
        }
        return new Parameter(manager.ones(shape));
    }
}
