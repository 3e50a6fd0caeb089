package org.sslam.models.mwmae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;
import org.sslam.models.vit.TableRows;

/** Masks from recorded noise, and the position tables of encoder and decoder. */
class MasksAndPositionsGoldenTest {
    private static final Pattern TABLE = Pattern.compile("\\w+?_(\\d+)(?:x(\\d+))?(?:_cls)?(?:_rows)?");

    private final Fixture masks = Golden.fixture("mwmae", "masks");
    private final Fixture positions = Golden.fixture("mwmae", "pos_embed");

    @TestFactory
    Stream<DynamicTest> everyMask() {
        List<Map.Entry<String, JsonNode>> cases =
                List.copyOf(masks.index().get("values").properties());
        assertTrue(cases.size() > 0);
        return cases.stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
    }

    private void check(String name, JsonNode value) {
        TokenOrder order =
                MwmaeFixtures.order(masks, name + ".noise", value.get("ratio").asDouble());
        assertEquals(value.get("kept").asInt(), order.seenPerRow());
        long[] kept = new long[order.rows() * order.seenPerRow()];
        long[] restore = new long[order.rows() * order.tokens()];
        float[] hidden = new float[restore.length];
        Arrays.fill(hidden, 1);
        for (int row = 0; row < order.rows(); row++) {
            for (int i = 0; i < order.seenPerRow(); i++) {
                kept[row * order.seenPerRow() + i] = order.token(row, i);
                hidden[row * order.tokens() + order.token(row, i)] = 0;
            }
            for (int token = 0; token < order.tokens(); token++) {
                restore[row * order.tokens() + token] = order.places(row)[token];
            }
        }
        assertArrayEquals(masks.longs(name + ".ids_keep"), kept);
        assertArrayEquals(masks.floats(name + ".mask"), hidden);
        assertArrayEquals(masks.longs(name + ".ids_restore"), restore);
    }

    /** The names say the sizes: enc_TxF tables of a grid, dec_N tables of a line; _cls with a row of zeros in front. */
    @TestFactory
    Stream<DynamicTest> everyTable() {
        assertTrue(positions.names().size() > 0);
        return positions.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> table(name)));
    }

    private void table(String name) {
        Matcher sizes = TABLE.matcher(name);
        assertTrue(sizes.matches(), name + " names no size");
        int dim = (int) positions.shape(name)[1];
        int first = Integer.parseInt(sizes.group(1));
        float[] patches = sizes.group(2) == null
                ? SinCosPositions.line(first, dim)
                : SinCosPositions.exactTable(new PatchGrid(first, Integer.parseInt(sizes.group(2))), dim);
        float[] table = patches;
        if (name.endsWith("_cls")) {
            table = new float[dim + patches.length];
            System.arraycopy(patches, 0, table, dim, patches.length);
        }
        TableRows.check(positions, name, table, MissingNode.getInstance());
    }
}
