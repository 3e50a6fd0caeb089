package org.sslam.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;

/** Every recorded learning rate of every recorded schedule. */
class ScheduleGoldenTest {
    @Test
    void rates() {
        Fixture fixture = Golden.fixture("sslam", "schedule");
        double rel = fixture.tolerance("rel", 1e-9);
        int compared = 0;
        for (JsonNode s : fixture.index().get("schedules")) {
            CosineSchedule schedule = new CosineSchedule(
                    s.get("max_lr").asDouble(),
                    s.get("min_lr").asDouble(),
                    s.get("min_lr").asDouble(),
                    s.get("warmup_updates").asLong(),
                    s.get("max_update").asLong());
            for (Map.Entry<String, JsonNode> value : s.get("values").properties()) {
                double expected = value.getValue().asDouble();
                double rounding = 1e-15 * s.get("max_lr").asDouble();
                assertEquals(
                        expected,
                        schedule.rate(Long.parseLong(value.getKey())),
                        rel * expected + rounding,
                        "update " + value.getKey() + " of " + s);
                compared++;
            }
        }
        assertTrue(compared > 0, "the fixture has no rate");
    }

    @Test
    void ratesOfBlocksBelowTheHead() {
        JsonNode c = Golden.fixture("sslam", "schedule").index().get("layer_decay");
        LayerDecay decay =
                new LayerDecay(c.get("decay").asDouble(), c.get("depth").asInt(), LayerDecay.Form.EAT);
        assertTrue(c.get("lr_scale_of_block").size() > 0, "the fixture has no block");
        for (Map.Entry<String, JsonNode> block : c.get("lr_scale_of_block").properties()) {
            double expected = block.getValue().asDouble();
            assertEquals(expected, decay.of("blocks." + block.getKey() + ".attn.qkv.weight"), 1e-9 * expected);
        }
        assertEquals(c.get("lr_scale_other_parameters").asDouble(), decay.of("head.weight"));
    }
}
