package org.sslam.models.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;

/** A small position table whole, and rows of the ViT-B table. */
class PositionsGoldenTest {
    private static final PatchGrid VIT_B = new PatchGrid(768, 8);

    private final Fixture fixture = Golden.fixture("sslam", "posembed");

    @Test
    void smallTable() {
        JsonNode c = fixture.config();
        PatchGrid grid = new PatchGrid(
                c.get("pos_table_time").asInt(), c.get("grid").get(1).asInt());
        float[] table = SinCosPositions.table(grid, c.get("embed_dim").asInt());
        assertEquals(grid.tokens(), fixture.shape("small")[0]);
        assertArrayEquals(fixture.floats("small"), table, (float) fixture.tolerance("abs", 1e-4));
    }

    @Test
    void rowsOfTheBaseTable() {
        long[] rows = fixture.longs("vitb_row_index");
        assertTrue(rows.length > 0);
        int dim = (int) fixture.shape("vitb_rows")[1];
        float[] table = SinCosPositions.table(VIT_B, dim);
        float[] expected = fixture.floats("vitb_rows");
        for (int i = 0; i < rows.length; i++) {
            int from = (int) rows[i] * dim;
            assertArrayEquals(
                    Arrays.copyOfRange(expected, i * dim, (i + 1) * dim),
                    Arrays.copyOfRange(table, from, from + dim),
                    (float) fixture.tolerance("abs", 1e-4),
                    "row " + rows[i]);
        }
    }
}
