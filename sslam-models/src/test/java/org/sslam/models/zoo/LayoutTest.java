package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.nn.Init;
import org.sslam.models.sslam.DecoderConfig;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamStudent;

class LayoutTest {
    private static long count(Layout layout, Map<String, Long> sizes, Set<String> parts) {
        return layout.expected(sizes, parts).values().stream()
                .mapToLong(entry -> entry.shape().stream()
                        .mapToLong(size -> size.value(sizes).orElseThrow())
                        .reduce(1, Math::multiplyExact))
                .sum();
    }

    private static Map<String, Long> sizes(long dim, long depth, Object... more) {
        Map<String, Long> sizes = new HashMap<>(Map.of("D", dim, "depth", depth, "H", 4 * dim));
        for (int i = 0; i < more.length; i += 2) {
            sizes.put((String) more[i], ((Number) more[i + 1]).longValue());
        }
        return sizes;
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 3", "16, 32, 5"})
    void theLayoutOfSslamIsThatOfTheNetwork(int dim, int decoderDim, int kernel) {
        SslamConfig config =
                new SslamConfig(dim, 3, 2, 4, 4, 6, 1e-6, new DecoderConfig(decoderDim, 4, kernel, 3, 0.01, 1e-5));
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> state = new SslamStudent(new Init(manager), config, 8).state();
            Map<String, long[]> shapes = new LinkedHashMap<>();
            state.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
            Layout layout = Layout.of("sslam");
            Map<String, Long> sizes = layout.sizes(shapes);
            Map<String, Layout.Entry> expected = layout.expected(sizes, Set.of("encoder", "positions", "decoder"));
            assertEquals(shapes.keySet(), expected.keySet());
            expected.forEach((name, entry) -> {
                long[] shape = new long[entry.shape().size()];
                Arrays.setAll(
                        shape,
                        i -> entry.shape().get(i).isAny()
                                ? shapes.get(name)[i]
                                : entry.shape().get(i).value(sizes).orElseThrow());
                assertArrayEquals(shapes.get(name), shape, name);
            });
        }
    }

    @Test
    void sslamHasThePublishedNumberOfValues() {
        Layout layout = Layout.of("sslam");
        Map<String, Long> base = sizes(768, 12, "P", 16, "rows", 6144);
        assertEquals(85_254_144, count(layout, base, Set.of("encoder")));
        assertEquals(4_718_592, count(layout, base, Set.of("positions")));
    }

    @ParameterizedTest
    @CsvSource({"384, 12, 22", "768, 12, 86", "1024, 24, 304"})
    void audioMaeHasTheMillionsOfThePaper(long dim, long depth, long millions) {
        Layout layout = Layout.of("audiomae");
        long values = count(layout, sizes(dim, depth, "P", 16, "classes", 527), Set.of("encoder", "head"));
        assertTrue(Math.abs(values / 1e6 - millions) < 1, values + " values");
    }

    @Test
    void audioMaeHasTheMeasuredNumberOfValues() {
        Layout layout = Layout.of("audiomae");
        Map<String, Long> base =
                sizes(768, 12, "P", 16, "R", 513, "C", 512, "layers", 16, "local", 16, "A", 16, "B", 384, "N", 256);
        assertEquals(136_336_128, count(layout, base, Set.of("encoder", "decoder")));
        assertEquals(136_992_768, count(layout, base, Set.of("encoder", "decoder", "positions", "decoder positions")));
        Map<String, Long> tuned = sizes(768, 12, "P", 16, "classes", 527);
        long norm = 2 * 768;
        assertEquals(85_659_407, count(layout, tuned, Set.of("encoder", "head")) - norm, "without the final norm");
    }

    @Test
    void mwMaeHasTheMillionsOfThePaper() {
        Layout layout = Layout.of("mwmae");
        long base = count(layout, sizes(768, 12, "S", 4, "F", 16, "R", 250), Set.of("encoder", "positions"));
        assertTrue(Math.abs(base / 1e6 - 86) < 1, base + " values");
        long large = count(layout, sizes(1024, 24, "S", 4, "F", 16, "R", 250), Set.of("encoder", "positions"));
        assertTrue(Math.abs(large / 1e6 - 302.4) < 1, large + " values");
        long medium = count(layout, sizes(512, 12, "S", 4, "F", 16, "R", 250), Set.of("encoder", "positions"));
        assertTrue(Math.abs(medium / 1e6 - 38) < 1, medium + " values");
    }
}
