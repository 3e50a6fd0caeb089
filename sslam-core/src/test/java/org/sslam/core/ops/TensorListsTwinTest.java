package org.sslam.core.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.TestDevice;
import org.sslam.core.engine.Torch;

/** List updates: scripted and plain agree, and AdamW is PyTorch's. */
class TensorListsTwinTest {
    @BeforeAll
    static void start() {
        Torch.start();
    }

    private static NDList tensors(NDManager manager, long seed) {
        Torch.seed(seed);
        return new NDList(
                manager.randomNormal(new Shape(3, 5)),
                manager.randomNormal(new Shape(60_000)),
                manager.randomNormal(new Shape(1, 1, 7)));
    }

    private static List<TensorLists> twins() {
        return List.of(new ScriptTensorLists(1), new ScriptTensorLists(2), new ArrayTensorLists());
    }

    @Test
    void twinsAgree() {
        float[][] reference = null;
        for (TensorLists lists : twins()) {
            try (NDManager manager = TestDevice.manager()) {
                NDList a = tensors(manager, 1);
                NDList b = tensors(manager, 2);
                NDList c = tensors(manager, 3);
                NDList m = tensors(manager, 4);
                NDList v = new NDList(
                        tensors(manager, 5).stream().map(NDArray::abs).toArray(NDArray[]::new));
                lists.lerp(a, b, 0.25);
                lists.adamw(a, b, m, v, new AdamWStep(3, 0.01, 0.9, 0.95, 1e-8, EpsPlacement.CORRECTED, 0.05, 0.5));
                lists.copy(c, m);
                float norm = lists.globalNorm(a);
                float[][] now = {
                    a.get(0).toFloatArray(),
                    a.get(1).toFloatArray(),
                    v.get(1).toFloatArray(),
                    c.get(2).toFloatArray(),
                    b.get(0).toFloatArray(),
                    {norm}
                };
                if (reference == null) {
                    reference = now;
                }
                for (int i = 0; i < now.length; i++) {
                    float tolerance = i == now.length - 1 ? 2e-2f : 1e-5f;
                    assertArrayEquals(reference[i], now[i], tolerance, lists.getClass() + " result " + i);
                }
            }
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        float[][] results = new float[2][];
        for (int threads = 1; threads <= 2; threads++) {
            try (NDManager manager = TestDevice.manager()) {
                NDList a = tensors(manager, 1);
                new ScriptTensorLists(threads)
                        .adamw(
                                a,
                                tensors(manager, 2),
                                tensors(manager, 3),
                                new NDList(tensors(manager, 4).stream()
                                        .map(NDArray::abs)
                                        .toArray(NDArray[]::new)),
                                new AdamWStep(9, 0.01, 0.9, 0.95, 1e-8, EpsPlacement.CORRECTED, 0.05, 1));
                results[threads - 1] = a.get(1).toFloatArray();
            }
        }
        assertArrayEquals(results[0], results[1]);
    }

    /** Large epsilon tells the formulas apart: PyTorch corrects sqrt(v) before epsilon is added, fairseq after. */
    @Test
    void epsilonIsAddedWhereTheFormulaSays() {
        checkFirstStep(EpsPlacement.CORRECTED, 0.95f);
        double root = Math.sqrt(0.001);
        checkFirstStep(EpsPlacement.UNCORRECTED, (float) (1 - 0.1 * root * 1e-4 / (1e-4 * root + 1e-4)));
    }

    private static void checkFirstStep(EpsPlacement placement, float expected) {
        for (TensorLists lists : twins()) {
            try (NDManager manager = TestDevice.manager()) {
                NDList p = new NDList(manager.create(new float[] {1}));
                NDList g = new NDList(manager.create(new float[] {1e-4f}));
                NDList m = new NDList(manager.zeros(new Shape(1)));
                NDList v = new NDList(manager.zeros(new Shape(1)));
                lists.adamw(p, g, m, v, new AdamWStep(1, 0.1, 0.9, 0.999, 1e-4, placement, 0, 1));
                assertEquals(
                        expected, p.get(0).getFloat(), 1e-5f, lists.getClass().toString());
            }
        }
    }
}
