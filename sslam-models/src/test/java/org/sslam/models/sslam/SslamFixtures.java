package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.nn.Init;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.vit.PatchGrid;

/** Networks with a fixture's sizes and weights. */
public final class SslamFixtures {
    private SslamFixtures() {}

    /** Sizes as the fixture's configuration names them. */
    public static SslamConfig config(JsonNode c) {
        JsonNode d = c.get("decoder");
        return new SslamConfig(
                c.get("embed_dim").asInt(),
                c.get("depth").asInt(),
                c.get("heads").asInt(),
                c.get("mlp_ratio").asInt(),
                c.get("patch").asInt(),
                c.get("pos_table_time").asInt(),
                c.get("ln_eps").asDouble(),
                new DecoderConfig(
                        d.get("dim").asInt(),
                        d.get("groups").asInt(),
                        d.get("kernel").asInt(),
                        d.get("layers").asInt(),
                        0.01,
                        c.get("decoder_ln_eps").asDouble()));
    }

    /** The patch grid. */
    public static PatchGrid grid(JsonNode c) {
        return new PatchGrid(c.get("grid").get(0).asInt(), c.get("grid").get(1).asInt());
    }

    /** A student with the fixtures' weights. */
    public static SslamStudent student(NDManager manager, JsonNode c) {
        SslamStudent student =
                new SslamStudent(new Init(manager), config(c), c.get("mels").asInt());
        fill("student.", student.state());
        return student;
    }

    /** A teacher with the fixtures' weights. */
    public static SslamTeacher teacher(NDManager manager, JsonNode c) {
        SslamEncoder encoder =
                new SslamEncoder(new Init(manager), config(c), c.get("mels").asInt());
        fill("teacher.", encoder.state());
        return new SslamTeacher(encoder);
    }

    private static void fill(String prefix, Map<String, NDArray> state) {
        Fixture weights = Golden.fixture("sslam", "weights");
        state.forEach((name, array) -> {
            Assertions.assertArrayEquals(array.getShape().getShape(), weights.shape(prefix + name), prefix + name);
            array.set(FloatBuffer.wrap(weights.floats(prefix + name)));
        });
        long stored = weights.names().stream().filter(n -> n.startsWith(prefix)).count();
        Assertions.assertEquals(stored, state.size(), "every tensor of the fixture has its place");
    }

    /** One tensor of a fixture. */
    public static NDArray array(NDManager manager, Fixture fixture, String name) {
        return manager.create(fixture.floats(name), new Shape(fixture.shape(name)));
    }

    /** A (rows, tokens) tensor of 0 and 1 as a mask. */
    public static TokenMask mask(Fixture fixture, String name) {
        long[] shape = fixture.shape(name);
        long[] cells = fixture.longs(name);
        boolean[][] rows = new boolean[(int) shape[0]][(int) shape[1]];
        for (int i = 0; i < cells.length; i++) {
            rows[i / (int) shape[1]][i % (int) shape[1]] = cells[i] == 1;
        }
        return new TokenMask(rows);
    }

    public static void assertClose(Fixture fixture, String name, NDArray actual) {
        Assertions.assertArrayEquals(fixture.shape(name), actual.getShape().getShape(), name + " has another shape");
        assertClose(fixture, name, actual.toFloatArray());
    }

    public static void assertClose(Fixture fixture, String name, float[] actual) {
        float[] expected = fixture.floats(name);
        double abs = fixture.tolerance("abs", 1e-4);
        double rel = fixture.tolerance("rel", 0);
        Assertions.assertEquals(expected.length, actual.length, name);
        for (int i = 0; i < expected.length; i++) {
            double bound = abs + rel * Math.abs(expected[i]);
            if (!(Math.abs(expected[i] - actual[i]) <= bound)) {
                Assertions.fail(
                        name + "[" + i + "] is " + actual[i] + ", expected " + expected[i] + " within " + bound);
            }
        }
    }
}
