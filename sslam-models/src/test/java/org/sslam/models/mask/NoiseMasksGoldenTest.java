package org.sslam.models.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.models.vit.PatchGrid;

/** Every recorded mask from its recorded noise: unstructured, time, frequency, both, and the order of fine-tuning. */
class NoiseMasksGoldenTest {
    private final Fixture fixture = Golden.fixture("audiomae", "masks");

    @TestFactory
    Stream<DynamicTest> everyCase() {
        List<String> cases = fixture.index().get("values").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        assertTrue(cases.size() > 0);
        return cases.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name, value(name))));
    }

    private JsonNode value(String name) {
        return fixture.index().get("values").get(name);
    }

    private void check(String name, JsonNode value) {
        if (value.has("ratio")) {
            unstructured(name, value);
        } else if (fixture.has(name + ".token_order")) {
            fineTuning(name, value);
        } else {
            structured(name, value);
        }
    }

    private void unstructured(String name, JsonNode value) {
        long[] shape = fixture.shape(name + ".noise");
        RandomMask mask = RandomMask.ofRatio((int) shape[1], value.get("ratio").asDouble());
        int[][] rows = new int[(int) shape[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = mask.order(noise(name + ".noise", row));
        }
        compare(name, value, new TokenOrder(rows, mask.seen()));
    }

    private void structured(String name, JsonNode value) {
        PatchGrid grid = new PatchGrid(value.get("T").asInt(), value.get("F").asInt());
        GridMask mask = mask(grid, value);
        int[][] rows = new int[(int) fixture.shape(name + ".noise_t")[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = mask.order(gridNoise(name, row));
        }
        compare(name, value, new TokenOrder(rows, mask.seen()));
    }

    private void fineTuning(String name, JsonNode value) {
        int times = (int) fixture.shape(name + ".noise_t")[1];
        int bands = (int) fixture.shape(name + ".noise_f")[1];
        GridMask mask = mask(new PatchGrid(times, bands), value);
        assertEquals(value.get("kept").asInt(), mask.seen());
        long[] expected = fixture.longs(name + ".token_order");
        int rows = (int) fixture.shape(name + ".noise_t")[0];
        long[] actual = new long[expected.length];
        for (int row = 0; row < rows; row++) {
            int[] seen = mask.seenInNoiseOrder(gridNoise(name, row));
            for (int i = 0; i < seen.length; i++) {
                actual[row * seen.length + i] = seen[i];
            }
        }
        assertArrayEquals(expected, actual);
    }

    private static GridMask mask(PatchGrid grid, JsonNode value) {
        return new GridMask(grid, value.get("p_t").asDouble(), value.get("p_f").asDouble());
    }

    private void compare(String name, JsonNode value, TokenOrder order) {
        assertEquals(value.get("kept").asInt(), order.seenPerRow());
        assertEquals(value.get("masked").asInt(), order.hiddenPerRow());
        long[] ids = new long[order.rows() * order.seenPerRow()];
        float[] hidden = new float[order.rows() * order.tokens()];
        long[] places = new long[hidden.length];
        Arrays.fill(hidden, 1);
        for (int row = 0; row < order.rows(); row++) {
            for (int i = 0; i < order.seenPerRow(); i++) {
                ids[row * order.seenPerRow() + i] = order.token(row, i);
                hidden[row * order.tokens() + order.token(row, i)] = 0;
            }
            int[] back = order.places(row);
            for (int token = 0; token < back.length; token++) {
                places[row * back.length + token] = back[token];
            }
        }
        assertArrayEquals(fixture.longs(name + ".ids_keep"), ids);
        assertArrayEquals(fixture.floats(name + ".mask"), hidden);
        assertArrayEquals(fixture.longs(name + ".ids_restore"), places);
        for (long row : order.hiddenRows()) {
            assertEquals(1, hidden[(int) row]);
        }
    }

    private GridMask.Noise gridNoise(String name, int row) {
        return new GridMask.Noise(noise(name + ".noise_t", row), noise(name + ".noise_f", row));
    }

    private double[] noise(String tensor, int row) {
        int width = (int) fixture.shape(tensor)[1];
        float[] values = fixture.floats(tensor);
        double[] noise = new double[width];
        for (int i = 0; i < width; i++) {
            noise[i] = values[row * width + i];
        }
        return noise;
    }
}
