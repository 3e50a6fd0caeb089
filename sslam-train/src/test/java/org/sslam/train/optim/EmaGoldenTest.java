package org.sslam.train.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.ScriptTensorLists;

/** The annealed decay, and a few recorded updates of the average. */
class EmaGoldenTest {
    private final Fixture fixture = Golden.fixture("sslam", "ema");
    private final EmaConfig config = new EmaConfig(
            fixture.config().get("start").asDouble(),
            fixture.config().get("end").asDouble(),
            fixture.config().get("anneal_steps").asLong());

    private static final class OneTensor extends Module {
        OneTensor(NDArray values) {
            parameter("w", values);
        }
    }

    @Test
    void decayTable() {
        JsonNode table = fixture.index().get("scalars").get("decay_table");
        assertTrue(table.size() > 0);
        table.properties()
                .forEach(e -> assertEquals(
                        e.getValue().asDouble(), config.decay(Long.parseLong(e.getKey())), 1e-12, e.getKey()));
    }

    @Test
    void updates() {
        Torch.start();
        JsonNode numbers = fixture.index().get("scalars").get("update_numbers");
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape shape = new Shape(fixture.shape("teacher0"));
            NDArray teacher = manager.create(fixture.floats("teacher0"), shape);
            NDArray student = manager.zeros(shape);
            Ema ema = new Ema(new OneTensor(teacher), new OneTensor(student), new ScriptTensorLists(1));
            for (int j = 0; j < numbers.size(); j++) {
                student.set(FloatBuffer.wrap(fixture.floats("student" + j)));
                ema.update(config.decay(numbers.get(j).asLong()));
                assertArrayEquals(
                        fixture.floats("teacher" + (j + 1)),
                        teacher.toFloatArray(),
                        (float) fixture.tolerance("abs", 1e-6),
                        "after update " + j);
            }
            assertTrue(numbers.size() > 0);
        }
    }
}
