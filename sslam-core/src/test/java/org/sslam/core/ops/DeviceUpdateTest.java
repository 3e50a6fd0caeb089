package org.sslam.core.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.core.engine.TestDevice;
import org.sslam.core.engine.Torch;

/** The update that is decided on the device equals the one that is decided on the host. */
class DeviceUpdateTest {
    private static DeviceUpdate device;

    @BeforeAll
    static void start() {
        Torch.start();
        device = new DeviceUpdate();
    }

    private static NDList tensors(NDManager manager, long seed) {
        Torch.seed(seed);
        return new NDList(manager.randomNormal(new Shape(3, 5)), manager.randomNormal(new Shape(1, 1, 7)));
    }

    private static NDList squares(NDList list) {
        return new NDList(list.stream().map(NDArray::square).toArray(NDArray[]::new));
    }

    private static float[] decided(NDManager manager, float norm, float loss, double clip, double sampleSize) {
        return device.decision(manager.create(norm), manager.create(loss), clip, sampleSize)
                .toFloatArray();
    }

    @Test
    void theNormOverTheSampleSizeIsClipped() {
        try (NDManager manager = TestDevice.manager()) {
            assertArrayEquals(new float[] {0.1f, 1}, decided(manager, 30, 1, 4, 10), 1e-7f);
            assertArrayEquals(new float[] {(float) (4 / (8 + 1e-6) / 10), 1}, decided(manager, 80, 1, 4, 10), 1e-7f);
            assertArrayEquals(new float[] {0.1f, 1}, decided(manager, 80, 1, 0, 10), 1e-7f);
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                assertEquals(0, decided(manager, bad, 1, 4, 10)[1]);
                assertEquals(0, decided(manager, 1, bad, 4, 10)[1]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EpsPlacement.class)
    void bothUpdatesAgree(EpsPlacement placement) {
        try (NDManager manager = TestDevice.manager()) {
            AdamWStep step = new AdamWStep(3, 0.01, 0.9, 0.95, 1e-3, placement, 0.05, 0.25);
            NDList[] host = state(manager);
            new ScriptTensorLists(1).adamw(host[0], host[1], host[2], host[3], step);
            NDList[] own = state(manager);
            device.adamw(own[0], own[1], own[2], own[3], step, manager.create(new float[] {0.25f, 1}));
            for (int list : new int[] {0, 2, 3}) {
                for (int i = 0; i < 2; i++) {
                    assertArrayEquals(
                            host[list].get(i).toFloatArray(), own[list].get(i).toFloatArray(), 1e-6f);
                }
            }
        }
    }

    @Test
    void whatDoesNotGoChangesNoBit() {
        try (NDManager manager = TestDevice.manager()) {
            NDList[] own = state(manager);
            own[1].get(0).set(new float[15]);
            own[1].get(0).addi(Float.NaN);
            AdamWStep step = new AdamWStep(3, 0.01, 0.9, 0.95, 1e-8, EpsPlacement.CORRECTED, 0.05, 1);
            device.adamw(own[0], own[1], own[2], own[3], step, manager.create(new float[] {Float.NaN, 0}));
            NDList[] before = state(manager);
            for (int list : new int[] {0, 2, 3}) {
                for (int i = 0; i < 2; i++) {
                    assertArrayEquals(
                            before[list].get(i).toFloatArray(), own[list].get(i).toFloatArray());
                }
            }
        }
    }

    /** Weights, gradients, first and second moments; the same at every call. */
    private static NDList[] state(NDManager manager) {
        return new NDList[] {tensors(manager, 1), tensors(manager, 2), tensors(manager, 3), squares(tensors(manager, 4))
        };
    }
}
