package org.sslam.train.objective;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.vit.PatchNorm;

/** Squared error of hidden patches with plain and normalised targets, and InfoNCE: values and gradients. */
class PatchLossesGoldenTest {
    /** The total's name says the weight of the contrastive part, its point as p. */
    private static final Pattern TOTAL = Pattern.compile("total_alpha_(\\d+p\\d+|\\d+)_with_mean");

    private final Fixture fixture = Golden.fixture("audiomae", "losses");
    private final JsonNode values = fixture.index().get("values");

    static Stream<Ops> twins() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void squaredErrorOfHiddenPatches(Ops ops) {
        check(ops, PatchNorm.NONE, "plain");
        check(ops, PatchNorm.UNBIASED, "norm");
    }

    private void check(Ops ops, PatchNorm norm, String name) {
        long[] shape = fixture.shape("pred");
        int cells = (int) shape[2];
        float[] mask = fixture.floats("mask");
        List<Long> hidden = new ArrayList<>();
        for (int row = 0; row < mask.length; row++) {
            if (mask[row] == 1) {
                hidden.add((long) row);
            }
        }
        long[] rows = hidden.stream().mapToLong(Long::longValue).toArray();
        float[] target = fixture.floats("target");
        norm.apply(target, cells);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray targets = ops.takeRows(
                    Tensors.of(manager, target, new Shape(mask.length, cells)), Tensors.rows(manager, rows));
            Result result = differentiate(manager, "pred", pred -> {
                NDArray taken = ops.takeRows(pred.reshape(mask.length, cells), Tensors.rows(manager, rows));
                return ops.scale(new PatchLoss(ops).sum(taken, targets, 1), 1.0 / rows.length);
            });
            Near.check(fixture, name, values.get("mse_" + name).asDouble(), result.value);
            Near.check(fixture, "grad_" + name, result.gradient);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void infoNce(Ops ops) {
        JsonNode nce = values.get("nce");
        long[] shape = fixture.shape("nce.c");
        double patches = shape[0] * shape[1];
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.of(manager, fixture.floats("nce.x"), new Shape(shape));
            Result result = differentiate(manager, "nce.c", c -> ops.scale(new InfoNce(ops).sum(c, x, 1), 1 / patches));
            Near.check(fixture, "L_c", nce.get("L_c").asDouble(), result.value);
            Near.check(fixture, "nce.grad_c", result.gradient);
            NDArray xhat = Tensors.of(manager, fixture.floats("nce.xhat"), new Shape(shape));
            double error = new PatchLoss(ops)
                            .sum(xhat.reshape(-1, shape[2]), x.reshape(-1, shape[2]), 1)
                            .getFloat()
                    / patches;
            Near.check(fixture, "L_r", nce.get("L_r_mean_over_patch").asDouble(), error);
            NDArray c = Tensors.of(manager, fixture.floats("nce.c"), new Shape(shape));
            int totals = 0;
            for (Map.Entry<String, JsonNode> total : nce.properties()) {
                Matcher says = TOTAL.matcher(total.getKey());
                if (says.matches()) {
                    double alpha = Double.parseDouble(says.group(1).replace('p', '.'));
                    double weighted = new InfoNce(ops).sum(c, x, alpha).getFloat() / patches;
                    Near.check(fixture, total.getKey(), total.getValue().asDouble(), error + weighted);
                    totals++;
                }
            }
            assertTrue(totals > 0, "the fixture has no total");
        }
    }

    private record Result(double value, float[] gradient) {}

    private Result differentiate(NDManager manager, String tensor, Function<NDArray, NDArray> loss) {
        Parameter input = new Parameter(Tensors.of(manager, fixture.floats(tensor), new Shape(fixture.shape(tensor))));
        input.beginStep();
        try (Recording recording = Recording.start()) {
            NDArray value = loss.apply(input.value());
            recording.backward(value);
            try (NDArray gradient = input.gradient()) {
                return new Result(value.getFloat(), gradient.toFloatArray());
            }
        } finally {
            input.endStep();
        }
    }
}
