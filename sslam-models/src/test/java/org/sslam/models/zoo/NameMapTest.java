package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.io.DType;
import org.sslam.core.io.Elements;

/** Templates, expressions, orders of axes, and the shipped name maps that are made of them. */
class NameMapTest {
    static Stream<WeightKind> kinds() {
        return WeightKinds.all().stream();
    }

    @Test
    void templatesAreReadInBothDirections() {
        NameTemplate here = NameTemplate.of("blocks.{depth}.norm1.weight");
        assertEquals(Optional.of(Map.of("depth", "11")), here.match("blocks.11.norm1.weight"));
        assertEquals(Optional.empty(), here.match("blocks.011.norm1.weight"));
        assertEquals(Optional.empty(), here.match("blocks.1xnorm1.weight"));
        assertEquals("blocks.7.norm1.weight", here.fill(Map.of("depth", "7")));
        NameTemplate there = NameTemplate.of("encoder_block_{depth:2}/LayerNorm_0/{rest*}");
        assertEquals(Optional.of(Map.of("depth", "7", "rest", "a/b")), there.match("encoder_block_07/LayerNorm_0/a/b"));
        assertEquals(
                Optional.of("123"),
                there.match("encoder_block_123/LayerNorm_0/x").map(v -> v.get("depth")));
        assertEquals(Optional.empty(), there.match("encoder_block_7/LayerNorm_0/x"));
        assertEquals("encoder_block_07/LayerNorm_0/x", there.fill(Map.of("depth", "7", "rest", "x")));
        assertEquals(List.of("depth", "rest"), there.variables());
        assertThrows(IllegalArgumentException.class, () -> NameTemplate.of("a.{b"));
        assertThrows(IllegalArgumentException.class, () -> here.fill(Map.of()));
    }

    @Test
    void expressionsAreProductsAndWholeQuotients() {
        Map<String, Long> sizes = Map.of("D", 48L, "G", 3L);
        assertEquals(OptionalLong.of(144), SizeExpression.of("3*D").value(sizes));
        assertEquals(OptionalLong.of(16), SizeExpression.of("D/G").value(sizes));
        assertEquals(OptionalLong.of(32), SizeExpression.of("D/G*2").value(sizes));
        assertEquals(OptionalLong.of(45), SizeExpression.of("D-G").value(sizes));
        assertEquals(OptionalLong.empty(), SizeExpression.of("D/7").value(sizes));
        assertEquals(OptionalLong.empty(), SizeExpression.of("D/X").value(sizes));
        assertEquals(OptionalLong.of(16), SizeExpression.of("16").value(sizes));
        assertEquals(Optional.of("D"), SizeExpression.of("D").name());
        assertEquals(Optional.empty(), SizeExpression.of("16").name());
        assertEquals(Optional.empty(), SizeExpression.of("3*D").name());
        assertTrue(SizeExpression.of("?").isAny());
        assertThrows(IllegalArgumentException.class, () -> SizeExpression.of("D+1"));
    }

    @Test
    void axesAreReorderedAndBack() {
        Axes convolution = new Axes(List.of(3, 2, 0, 1));
        long[] given = {2, 3, 1, 4};
        float[] values = new float[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        ByteBuffer bytes = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        assertArrayEquals(new long[] {4, 1, 2, 3}, convolution.shape(given));
        ByteBuffer there = convolution.apply(bytes, given, DType.F32);
        float[] reordered = Elements.floats(there, DType.F32);
        for (int o = 0; o < 4; o++) {
            for (int cell = 0; cell < 6; cell++) {
                assertEquals(cell * 4 + o, reordered[o * 6 + cell]);
            }
        }
        ByteBuffer back = convolution.inverse().apply(there, convolution.shape(given), DType.F32);
        assertArrayEquals(values, Elements.floats(back, DType.F32));
        assertThrows(IllegalArgumentException.class, () -> new Axes(List.of(0, 0)));
        assertThrows(IllegalArgumentException.class, () -> new Axes(List.of(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyTensorOfAnEncoderHasAPublishedNameAndComesBack(WeightKind kind) {
        Layout layout = kind.layout();
        Map<String, Long> sizes = Map.of("depth", 12L, "layers", 4L, "local", 3L, "head", 2L, "window", 2L);
        Set<String> names = layout.expected(sizes, kind.parts()).keySet();
        assertTrue(names.size() > 100, names.toString());
        Set<String> published = new TreeSet<>();
        for (String name : names) {
            WeightKind.Place there = kind.backward(name);
            WeightKind.Place back = kind.forward(there.name());
            assertEquals(name, back.name());
            assertEquals(back.axes().inverse(), there.axes());
            assertEquals(Optional.empty(), kind.dropped(there.name()), there.name());
            assertTrue(published.add(there.name()), there.name() + " stands for two tensors");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFileOfAKindIsFoundToBeOfThatKind(WeightKind kind) {
        for (WeightKind.Root root : kind.roots()) {
            Set<String> names = new TreeSet<>();
            kind
                    .layout()
                    .expected(Map.of("depth", 2L, "layers", 2L, "local", 2L, "head", 1L, "window", 1L), kind.parts())
                    .keySet()
                    .stream()
                    .map(name -> kind.backward(name).name())
                    .filter(name -> !kind.signs().lacks().contains(name))
                    .forEach(name -> names.add(root.student() + name));
            assertEquals(
                    Optional.of(kind.name() + " " + root.student()),
                    WeightKinds.all().stream()
                            .flatMap(k -> k.rootIn(names).stream().map(r -> k.name() + " " + r.student()))
                            .findFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslam", "audiomae", "mwmae"})
    void theMostFrequentSizeCounts(String family) {
        Layout layout = Layout.of(family);
        Map<String, Long> sizes = layout.sizes(Map.of(
                "blocks.0.norm1.weight", new long[] {8},
                "blocks.0.norm1.bias", new long[] {7},
                "blocks.2.norm2.bias", new long[] {8}));
        assertEquals(8L, sizes.get("D"));
        assertEquals(3L, sizes.get("depth"));
    }
}
