package org.sslam.core.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.TestDevice;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Parameter;

/** The scripted operators and their plain twins agree in value and in every gradient. */
class OpsTwinTest {
    private static final float VALUE_TOLERANCE = 2e-5f;
    private static final float GRADIENT_TOLERANCE = 1e-4f;

    private static Ops script;

    private interface Case {
        NDArray run(Ops ops, List<NDArray> inputs);
    }

    private record Example(List<Shape> inputs, Case run) {
        static Example of(Case run, Shape... inputs) {
            return new Example(List.of(inputs), run);
        }
    }

    @BeforeAll
    static void start() {
        Torch.start();
        script = new ScriptOps(Precision.FP32);
    }

    private static Map<String, Example> examples() {
        Map<String, Example> all = new TreeMap<>();
        Shape x = new Shape(3, 5, 6);
        Shape[] attention = {x, new Shape(18, 6), new Shape(18), new Shape(6, 6), new Shape(6)};
        for (int heads : new int[] {1, 2, 6}) {
            all.put(
                    "attention, heads " + heads,
                    Example.of(
                            (ops, in) -> ops.attention(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), heads),
                            attention));
        }
        for (int windows : new int[] {1, 4}) {
            all.put(
                    "window attention, bias of " + windows + " windows",
                    Example.of(
                            (ops, in) -> ops.windowAttention(
                                    in.get(0),
                                    WindowGrid.of(6, 4, 3, 2),
                                    in.get(1).abs(),
                                    in.get(2)),
                            new Shape(2, 24, 18),
                            new Shape(3),
                            new Shape(windows, 3, 6, 6)));
        }
        for (boolean biased : new boolean[] {false, true}) {
            all.put(
                    biased ? "chunk attention, biased" : "chunk attention",
                    Example.of(
                            (ops, in) -> ops.attention(
                                    in.get(0),
                                    in.get(1),
                                    in.get(2),
                                    in.get(3),
                                    in.get(4),
                                    List.of(
                                            new HeadGroup(2, 2, Optional.of(in.get(5))),
                                            new HeadGroup(1, 3, Optional.empty()),
                                            new HeadGroup(
                                                    3, 6, biased ? Optional.of(hidden(in.get(6))) : Optional.empty()))),
                            Stream.concat(
                                            Arrays.stream(new Shape[] {
                                                new Shape(2, 6, 6),
                                                new Shape(18, 6),
                                                new Shape(18),
                                                new Shape(6, 6),
                                                new Shape(6),
                                                new Shape(2, 2, 2)
                                            }),
                                            biased ? Stream.of(new Shape(3, 6, 6)) : Stream.empty())
                                    .toArray(Shape[]::new)));
        }
        all.put(
                "mlp, tanh",
                Example.of(
                        (ops, in) -> ops.mlp(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), Gelu.TANH),
                        x,
                        new Shape(9, 6),
                        new Shape(9),
                        new Shape(6, 9),
                        new Shape(6)));
        all.put(
                "linear",
                Example.of((ops, in) -> ops.linear(in.get(0), in.get(1), in.get(2)), x, new Shape(4, 6), new Shape(4)));
        all.put(
                "mlp",
                Example.of(
                        (ops, in) -> ops.mlp(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4)),
                        x,
                        new Shape(9, 6),
                        new Shape(9),
                        new Shape(6, 9),
                        new Shape(6)));
        all.put(
                "layer norm",
                Example.of(
                        (ops, in) -> ops.layerNorm(in.get(0), in.get(1), in.get(2), 1e-6),
                        x,
                        new Shape(6),
                        new Shape(6)));
        all.put(
                "add layer norm",
                Example.of(
                        (ops, in) -> ops.addLayerNorm(in.get(0), in.get(1), in.get(2), in.get(3), 1e-6),
                        x,
                        x,
                        new Shape(6),
                        new Shape(6)));
        all.put("plain layer norm", Example.of((ops, in) -> ops.layerNorm(in.get(0), 1e-5), x));
        all.put("instance norm", Example.of((ops, in) -> ops.instanceNorm(in.get(0), 1e-5), x));
        all.put(
                "patch embed",
                Example.of(
                        (ops, in) -> ops.patchEmbed(in.get(0), in.get(1), in.get(2), 4),
                        new Shape(2, 1, 12, 8),
                        new Shape(5, 1, 4, 4),
                        new Shape(5)));
        for (int kernel : new int[] {2, 3, 4, 5}) {
            all.put(
                    "grid conv, kernel " + kernel,
                    Example.of(
                            (ops, in) -> ops.gridConv(in.get(0), in.get(1), in.get(2), 2),
                            new Shape(2, 6, 5, 4),
                            new Shape(8, 2, kernel, kernel),
                            new Shape(8)));
        }
        all.put("norm gelu", Example.of((ops, in) -> ops.normGelu(in.get(0), 1e-5), new Shape(2, 3, 4, 5)));
        all.put(
                "take rows",
                Example.of((ops, in) -> ops.takeRows(in.get(0), rows(in.get(0), 4, 0, 4, 2)), new Shape(6, 3)));
        all.put(
                "place rows",
                Example.of(
                        (ops, in) -> ops.placeRows(in.get(0), rows(in.get(0), 5, 1), in.get(1)),
                        new Shape(6, 3),
                        new Shape(2, 3)));
        for (int shift : new int[] {0, 1, -1, 7}) {
            all.put("roll by " + shift, Example.of((ops, in) -> ops.roll(in.get(0), shift, 1), x));
        }
        all.put("scale", Example.of((ops, in) -> ops.scale(in.get(0), -2.5), x));
        all.put("lin softmax", Example.of((ops, in) -> ops.linSoftmax(in.get(0)), x));
        all.put("squared error", Example.of((ops, in) -> ops.squaredError(in.get(0), in.get(1)), x, x));
        all.put("column deviation", Example.of((ops, in) -> ops.columnDeviation(in.get(0), 1e-6), new Shape(7, 4)));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> twinsAgreeInValueAndGradient() {
        return examples().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(e.getValue())));
    }

    private static void compare(Example example) {
        try (NDManager manager = TestDevice.manager()) {
            Torch.seed(7);
            List<NDArray> data = new ArrayList<>();
            example.inputs.forEach(shape -> data.add(manager.randomNormal(shape)));
            float[][] scripted = run(script, example, data, manager);
            float[][] plain = run(new ArrayOps(), example, data, manager);
            assertArrayEquals(plain[0], scripted[0], VALUE_TOLERANCE, "value");
            for (int i = 1; i < plain.length; i++) {
                assertArrayEquals(plain[i], scripted[i], GRADIENT_TOLERANCE, "gradient of input " + (i - 1));
                float largest = 0;
                for (float g : plain[i]) {
                    largest = Math.max(largest, Math.abs(g));
                }
                assertTrue(largest > 0, "input " + (i - 1) + " has no gradient at all");
            }
        }
    }

    /** Value, then the gradient of every input for a random direction of the output. */
    private static float[][] run(Ops ops, Example example, List<NDArray> data, NDManager parent) {
        float[][] results = new float[data.size() + 1][];
        try (NDManager step = parent.newSubManager();
                Recording recording = Recording.start()) {
            List<Parameter> leaves = data.stream().map(Parameter::new).toList();
            leaves.forEach(Parameter::beginStep);
            List<NDArray> inputs = leaves.stream().map(Parameter::value).toList();
            NDArray out = example.run.run(ops, inputs);
            out.attach(step);
            results[0] = out.toFloatArray();
            Torch.seed(11);
            NDArray direction = step.randomNormal(out.getShape());
            recording.backward(out.mul(direction).sum());
            for (int i = 0; i < leaves.size(); i++) {
                try (NDArray gradient = leaves.get(i).gradient()) {
                    results[i + 1] = gradient.toFloatArray();
                }
                leaves.get(i).endStep();
            }
        }
        return results;
    }

    @Test
    void instanceNormAddsInPlace() {
        try (NDManager manager = TestDevice.manager()) {
            NDArray x = manager.randomNormal(new Shape(2, 7, 3));
            NDArray a = manager.randomNormal(new Shape(2, 7, 3));
            NDArray b = a.duplicate();
            script.addInstanceNorm(a, x, 1e-5);
            new ArrayOps().addInstanceNorm(b, x, 1e-5);
            assertArrayEquals(b.toFloatArray(), a.toFloatArray(), VALUE_TOLERANCE);
        }
    }

    @Test
    void normalDrawsHaveTheirMomentsAndRepeatWithTheSeed() {
        try (NDManager manager = TestDevice.manager()) {
            NDArray like = manager.ones(new Shape(1));
            for (Ops ops : List.of(script, new ArrayOps())) {
                Torch.seed(5);
                float[] first = ops.normal(like, new Shape(100, 200), 0.01).toFloatArray();
                Torch.seed(5);
                assertArrayEquals(
                        first, ops.normal(like, new Shape(100, 200), 0.01).toFloatArray());
                double sum = 0;
                double square = 0;
                for (float f : first) {
                    sum += f;
                    square += f * f;
                }
                assertEquals(0, sum / first.length, 3e-4);
                assertEquals(0.01, Math.sqrt(square / first.length), 2e-4);
            }
        }
    }

    @Test
    void bf16ProductsAreNearFp32AndKeepFp32Results() {
        try (NDManager manager = TestDevice.manager()) {
            Ops half = new ScriptOps(Precision.BF16);
            Torch.seed(3);
            NDArray x = manager.randomNormal(new Shape(2, 9, 16));
            NDArray w = manager.randomNormal(new Shape(8, 16));
            NDArray b = manager.randomNormal(new Shape(8));
            float[] exact = script.linear(x, w, b).toFloatArray();
            float[] rounded = half.linear(x, w, b).toFloatArray();
            assertArrayEquals(exact, rounded, 0.15f);
            assertNotEquals(exact[0], rounded[0], "bf16 rounds");
        }
    }

    /** The same scores with the first token hidden from the last one. */
    private static NDArray hidden(NDArray biasHCC) {
        float[] mask = new float[(int) biasHCC.size()];
        mask[mask.length - 6] = Float.NEGATIVE_INFINITY;
        return biasHCC.add(Tensors.of(biasHCC.getManager(), mask, biasHCC.getShape()));
    }

    private static NDArray rows(NDArray beside, long... numbers) {
        return beside.getManager().create(numbers, new Shape(numbers.length));
    }
}
