package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.TableRows;

/** Position tables in both orders and of overlapping patches, and what shorter clips get of them. */
class PositionTableGoldenTest {
    private static final Pattern TABLE = Pattern.compile("(ref|aligned|custom)_(\\d+)x(\\d+)(?:_dim\\d+)?(?:_rows)?");
    private static final int PATCH = 16;
    private static final int OVERLAPPING = 10;
    private static final int FRAMES = 1024;

    private final Fixture fixture = Golden.fixture("audiomae", "pos_embed");
    private final int bins = FrontEndConfig.audioSet().melBins();

    private static AudioMaeConfig config(
            int dim, int stride, int frames, AudioMaeConfig.PositionOrder order, AudioMaeConfig.ShorterClips shorter) {
        DecoderConfig decoder =
                new DecoderConfig(DecoderConfig.Kind.LOCAL, dim, 1, 0, 4, 0, 0, DecoderConfig.Shift.TIME, 8, 0);
        return new AudioMaeConfig(dim, 1, 1, 1, PATCH, stride, frames, order, shorter, 1e-6, decoder);
    }

    /**
     * The names say grid and order: ref_FxT with the order of the public model, aligned_TxF, custom_TxF of overlapping
     * patches; of another width where they end in _dimD_rows.
     */
    @TestFactory
    Stream<DynamicTest> everyTable() {
        assertTrue(fixture.names().size() > 0);
        return fixture.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private void check(String name) {
        Matcher says = TABLE.matcher(name);
        assertTrue(says.matches(), name + " names no grid");
        int dim = (int) fixture.shape(name)[1];
        boolean swapped = says.group(1).equals("ref");
        int times = Integer.parseInt(says.group(swapped ? 3 : 2));
        int bands = Integer.parseInt(says.group(swapped ? 2 : 3));
        AudioMaeConfig.PositionOrder order = says.group(1).equals("aligned")
                ? AudioMaeConfig.PositionOrder.ALIGNED
                : AudioMaeConfig.PositionOrder.REFERENCE;
        int stride = says.group(1).equals("custom") ? OVERLAPPING : PATCH;
        int frames = (times - 1) * stride + PATCH;
        AudioMaeConfig config = config(dim, stride, frames, order, AudioMaeConfig.ShorterClips.FIRST_ROWS);
        PatchGrid grid = config.grid(frames, (bands - 1) * stride + PATCH);
        assertEquals(new PatchGrid(times, bands), grid);
        float[] table = PositionTable.values(config, grid, dim);
        assertEquals((1 + grid.tokens()) * dim, table.length);
        // The list is of the tables of the public model; other tables say theirs themselves.
        JsonNode listed = swapped ? fixture.index().at("/values/rows") : MissingNode.getInstance();
        TableRows.check(fixture, name, table, listed);
    }

    @Test
    void shorterClipsGetRows() {
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        int dim = 4;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (AudioMaeConfig.ShorterClips shorter : AudioMaeConfig.ShorterClips.values()) {
                AudioMaeConfig config = config(dim, PATCH, FRAMES, AudioMaeConfig.PositionOrder.REFERENCE, shorter);
                PatchGrid grid = config.grid(FRAMES, bins);
                float[] values = PositionTable.values(config, grid, dim);
                PositionTable table = new PositionTable(new Init(manager).values(values, 1, 513, dim), grid, shorter);
                PatchGrid half = config.grid(512, bins);
                NDArray rows = table.tokens(ops, half);
                assertArrayEquals(new long[] {1, 256, dim}, rows.getShape().getShape());
                int row = shorter == AudioMaeConfig.ShorterClips.FIRST_ROWS ? 1 + 40 : 1 + 64 + 8;
                assertArrayEquals(
                        Arrays.copyOfRange(values, row * dim, (row + 1) * dim),
                        rows.get("0, 40").toFloatArray(),
                        "token 40 of a grid of 32 x 8");
                assertArrayEquals(values, concat(table.cls(), table.tokens(ops, grid)), "whole clips get all rows");
                assertThrows(IllegalArgumentException.class, () -> table.tokens(ops, new PatchGrid(65, 8)));
                assertThrows(IllegalArgumentException.class, () -> table.tokens(ops, new PatchGrid(64, 4)));
            }
        }
    }

    private static float[] concat(NDArray first, NDArray then) {
        return first.concat(then, 1).toFloatArray();
    }
}
