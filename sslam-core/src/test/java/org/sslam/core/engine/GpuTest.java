package org.sslam.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuTest {
    @Test
    void theDriversAnswerIsRead() {
        Gpu gpu = Gpu.parse("NVIDIA H200, 550.54.15, 143771, 143000\n").orElseThrow();
        assertEquals(new Gpu("NVIDIA H200", "550.54.15", 143771, 143000), gpu);
        assertEquals(771, gpu.usedMib());
        assertTrue(Gpu.parse("No devices were found\n").isEmpty());
        assertTrue(Gpu.parse("NVIDIA A10, 550, [N/A], [N/A]\n").isEmpty());
        assertTrue(Gpu.parse("").isEmpty());
    }

    @Test
    void numbersCountVisibleGpus() {
        assertEquals(Optional.of("1"), Gpu.id(1, null));
        assertEquals(Optional.of("3"), Gpu.id(0, "3,1"));
        assertEquals(Optional.of("GPU-5f"), Gpu.id(1, "0, GPU-5f"));
        assertEquals(Optional.empty(), Gpu.id(2, "0,1"));
        assertEquals(Optional.empty(), Gpu.id(0, ""));
    }

    @Test
    void theCpuIsNone() {
        assertTrue(Gpu.of("cpu").isEmpty());
    }
}
