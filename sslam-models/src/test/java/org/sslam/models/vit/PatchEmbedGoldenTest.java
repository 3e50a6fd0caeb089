package org.sslam.models.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** Patches beside each other and overlapping ones. */
class PatchEmbedGoldenTest {
    private static final String STRIDE = "out_stride";

    private final Fixture fixture = Golden.fixture("audiomae", "patch_embed");

    static Stream<Ops> twins() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps());
    }

    private int[] strides() {
        return fixture.names().stream()
                .filter(name -> name.startsWith(STRIDE))
                .mapToInt(name -> Integer.parseInt(name.substring(STRIDE.length())))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everyStride(Ops ops) {
        int[] strides = strides();
        assertTrue(strides.length > 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            long[] weight = fixture.shape("w.proj.weight");
            for (int stride : strides) {
                PatchEmbed embed = new PatchEmbed(new Init(manager), (int) weight[0], (int) weight[2], stride);
                embed.state().forEach((name, array) -> Tensors.fill(array, fixture.floats("w." + name)));
                NDArray x = Tensors.of(manager, fixture.floats("input"), new Shape(fixture.shape("input")));
                NDArray out = embed.forward(ops, x);
                Near.check(fixture, STRIDE + stride, out.getShape().getShape(), out.toFloatArray());
            }
        }
    }

    @Test
    void gridsAndCells() {
        long[] input = fixture.shape("input");
        int patch = (int) fixture.shape("w.proj.weight")[2];
        for (int stride : strides()) {
            JsonNode grid = fixture.index().get("values").get("grid_stride" + stride);
            PatchGrid expected = new PatchGrid(grid.get(0).asInt(), grid.get(1).asInt());
            // A remainder is allowed only where patches overlap.
            int bins = stride == patch ? (int) input[3] / patch * patch : (int) input[3];
            assertEquals(expected, PatchGrid.of((int) input[2], bins, patch, stride));
            String cells = "patchify_stride" + stride;
            if (fixture.has(cells)) {
                Patchify patchify = new Patchify(expected, patch, stride, (int) input[3]);
                Near.check(fixture, cells, patchify.rows(fixture.floats("input"), 0));
            }
        }
    }

    @Test
    void gridsThatLeaveGapsAreRefused() {
        assertEquals(new PatchGrid(101, 12), PatchGrid.of(1024, 128, 16, 10));
        assertThrows(IllegalArgumentException.class, () -> PatchGrid.of(1024, 128, 16, 17));
        assertThrows(IllegalArgumentException.class, () -> PatchGrid.of(1024, 128, 16, 0));
        assertThrows(IllegalArgumentException.class, () -> PatchGrid.of(1020, 128, 16, 16));
        assertThrows(IllegalArgumentException.class, () -> PatchGrid.of(1024, 12, 16, 10));
    }
}
