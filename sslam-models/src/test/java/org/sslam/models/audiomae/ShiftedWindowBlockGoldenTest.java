package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.engine.GradMode;
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
import org.sslam.core.ops.WindowGrid;

/** One block at every recorded shift: masks, distances, position bias, outputs, and the floor under tau. */
class ShiftedWindowBlockGoldenTest {
    private static final String OUT = ".out";
    private static final String CLAMPED = ".out_clamp";
    /** The names of cases: s, the shift along time, the shift along frequency. */
    private static final Pattern SHIFTS = Pattern.compile("s(\\d+)[x_](\\d+)|s(\\d)(\\d)");

    private static final Pattern TAU = Pattern.compile("tau\\[0\\] *= *([0-9.]+(?:[eE]-?[0-9]+)?)");

    /** Biases of which a tenth is a tenth, however few a small window has. */
    private static final int ENOUGH = 10_000;

    private final Fixture fixture = Golden.fixture("audiomae", "swin_blocks");
    private final JsonNode c = fixture.config();
    private final ShiftedWindow unshifted = window(0, 0);

    @TestFactory
    Stream<DynamicTest> everyShift() {
        Torch.start();
        List<String> cases = fixture.prefixes(OUT);
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps()).flatMap(ops -> cases.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name + ", " + ops.getClass().getSimpleName(), () -> GradMode.off(() -> check(name, ops)))));
    }

    private void check(String name, Ops ops) {
        Matcher shifts = SHIFTS.matcher(name);
        assertTrue(shifts.matches(), name + " says no shifts");
        boolean apart = shifts.group(1) != null;
        int shiftTime = Integer.parseInt(shifts.group(apart ? 1 : 3));
        int shiftFrequency = Integer.parseInt(shifts.group(apart ? 2 : 4));
        if (fixture.has(name + ".attn_mask")) {
            JsonNode feat = c.get("feat");
            WindowGrid windows = unshifted.of(feat.get(0).asInt(), feat.get(1).asInt());
            Near.check(fixture, name + ".attn_mask", ShiftMask.values(windows, shiftTime, shiftFrequency));
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            int dim = c.get("dim").asInt();
            Init init = new Init(manager);
            WindowAttention attention = new WindowAttention(
                    init,
                    dim,
                    c.get("heads").asInt(),
                    window(shiftTime, shiftFrequency),
                    c.get("meta_hidden").asInt(),
                    0.1);
            ShiftedWindowBlock block = new ShiftedWindowBlock(
                    init,
                    attention,
                    dim,
                    (int) (c.get("mlp_ratio").asDouble() * dim),
                    c.path("ln_eps").asDouble(1e-6));
            Map<String, NDArray> state = block.state();
            AudioMaeFixtures.fill(fixture, state, tensor -> "w." + tensor);
            NDArray x = AudioMaeFixtures.array(manager, fixture, "x");
            assertOutput(name + OUT, block, x, ops);
            if (!fixture.has(name + CLAMPED)) {
                return;
            }
            float[] tau = state.get("attn.tau").toFloatArray();
            Matcher belowFloor = TAU.matcher(fixture.doc(name + CLAMPED));
            assertTrue(belowFloor.find(), fixture.doc(name + CLAMPED));
            tau[0] = Float.parseFloat(belowFloor.group(1));
            Tensors.fill(state.get("attn.tau"), tau);
            assertOutput(name + CLAMPED, block, x, ops);
        }
    }

    private void assertOutput(String name, ShiftedWindowBlock block, NDArray x, Ops ops) {
        Shape s = x.getShape();
        JsonNode feat = c.get("feat");
        NDArray onGrid = x.reshape(s.get(0), feat.get(0).asInt(), feat.get(1).asInt(), s.get(2));
        AudioMaeFixtures.assertClose(
                fixture, name, block.forward(ops, onGrid, false).reshape(s));
    }

    @Test
    void distancesAndBias() {
        Near.check(fixture, "relative_coordinates_log", PositionBias.distances(unshifted));
        Torch.start();
        Ops ops = new ScriptOps(Precision.FP32);
        try (NDManager manager = NDManager.newBaseManager()) {
            PositionBias bias = new PositionBias(
                    new Init(manager),
                    unshifted,
                    c.get("heads").asInt(),
                    c.get("meta_hidden").asInt(),
                    0.1);
            AudioMaeFixtures.fill(fixture, bias.state(), tensor -> "w.attn.meta_mlp." + tensor);
            NDArray owner = manager.ones(new Shape(1));
            NDArray evaluated = GradMode.off(() -> bias.forward(ops, owner, false));
            AudioMaeFixtures.assertClose(fixture, "position_bias", evaluated);
            dropoutActs(ops, bias, owner);
        }
    }

    /** A tenth of the biases is 0 in training, as in the public code, whose dropout also ends the small network. */
    private static void dropoutActs(Ops ops, PositionBias bias, NDArray owner) {
        Torch.seed(4);
        int zeros = 0;
        int biases = 0;
        while (biases < ENOUGH) {
            for (float value :
                    GradMode.off(() -> bias.forward(ops, owner, true)).toFloatArray()) {
                zeros += value == 0 ? 1 : 0;
                biases++;
            }
        }
        assertEquals(0.1, (double) zeros / biases, 0.03);
    }

    private ShiftedWindow window(int shiftTime, int shiftFrequency) {
        JsonNode sides = c.get("window");
        return new ShiftedWindow(sides.get(0).asInt(), sides.get(1).asInt(), shiftTime, shiftFrequency);
    }
}
