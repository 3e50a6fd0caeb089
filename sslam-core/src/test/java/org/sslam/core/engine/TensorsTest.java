package org.sslam.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** Values in the engine's memory: what a recorded graph keeps must not be Java's to free. */
class TensorsTest {
    private static final int ROWS = 50_000;

    @BeforeAll
    static void start() {
        Torch.start();
    }

    @Test
    void aGraphOutlivesTheRowNumbersItWasMadeWith() {
        Ops ops = new ScriptOps(Precision.FP32);
        try (NDManager manager = TestDevice.manager()) {
            Parameter x = new Parameter(manager.ones(new Shape(10, 2)));
            x.beginStep();
            long[] rows = new long[ROWS];
            for (int i = 0; i < ROWS; i++) {
                rows[i] = i % 10;
            }
            try (Recording recording = Recording.start()) {
                NDArray taken;
                try (NDArray index = Tensors.rows(manager, rows)) {
                    taken = ops.takeRows(x.value(), index);
                }
                overwriteFreedBuffers();
                recording.backward(taken.sum());
            }
            float[] expected = new float[20];
            Arrays.fill(expected, ROWS / 10f);
            try (NDArray gradient = x.gradient()) {
                assertArrayEquals(expected, gradient.toFloatArray());
            }
            x.endStep();
        }
    }

    @Test
    void valuesKeepTheirOrder() {
        try (NDManager manager = TestDevice.manager()) {
            NDArray array = Tensors.of(manager, new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
            assertArrayEquals(new float[] {4, 5, 6}, array.get(1).toFloatArray());
            Tensors.fill(array, new float[] {6, 5, 4, 3, 2, 1});
            assertArrayEquals(new float[] {3, 2, 1}, array.get(1).toFloatArray());
            assertThrows(IllegalArgumentException.class, () -> Tensors.fill(array, new float[5]));
            assertArrayEquals(
                    new long[] {7, 9},
                    Tensors.rows(manager, Tensors.shifted(new long[] {2, 4}, 5)).toLongArray());
        }
    }

    /** Lets the collector free what nothing in Java refers to, and takes that memory again for other bytes. */
    private static void overwriteFreedBuffers() {
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            System.gc();
            for (int i = 0; i < 50; i++) {
                ByteBuffer other = ByteBuffer.allocateDirect(ROWS * Long.BYTES);
                for (int at = 0; at < other.capacity(); at++) {
                    other.put(at, (byte) 0xC3);
                }
                others.add(other);
            }
        }
        others.clear();
    }

    /** Loading resolves every operator that the way to a GPU calls; running it needs one. */
    @Test
    void theWayToAGpuIsKnownToTheEngine() {
        Torch.start();
        assertNotNull(Upload.module());
    }
}
