package org.sslam.eval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sslam.core.ops.Precision;
import org.sslam.models.sslam.SslamConfig;

/** The arithmetic of docs/performance.md. */
class FlopsTest {
    private static final SslamConfig BASE = BenchModels.config(BenchOptions.Size.BASE);

    @Test
    void partsOfTheBaseModel() {
        assertEquals(17.89, Flops.blocks(BASE, 103) / 1e9, 0.01);
        assertEquals(96.84, Flops.blocks(BASE, 513) / 1e9, 0.01);
        assertEquals(49.12, Flops.blocks(BASE, 273) / 1e9, 0.01);
        assertEquals(2.64, Flops.decoder(BASE, 512) / 1e9, 0.01);
        assertEquals(0.20, Flops.patches(BASE, 512) / 1e9, 0.005);
    }

    @Test
    void aClipOfEachJob() {
        assertEquals(97.0, Flops.embed(BASE, 512), 0.1);
        assertEquals(1083, Flops.stageOne(BASE, 16, 512, 102), 1);
        assertEquals(1230, Flops.stageTwo(BASE, 8, 512, 102, 272), 1);
        // 25.76 encoder, 11.03 decoder whose eight heads of 48 reach 717 tokens together, 0.20 embeddings and cells
        assertEquals(36.99, MwmaeUpdate.gflopPerClip(BenchOptions.Size.BASE), 0.01);
    }

    @Test
    void clonesAddTheStudentOnly() {
        double teacher = Flops.stageOne(BASE, 1, 512, 102) * 2 - Flops.stageOne(BASE, 2, 512, 102);
        assertEquals((Flops.blocks(BASE, 513) + 3 * Flops.patches(BASE, 512)) / 1e9, teacher, 1e-6);
    }

    @Test
    void peaksGoByName() {
        assertEquals(
                71,
                DevicePeaks.teraflops("NVIDIA GeForce RTX 3090", Precision.BF16).orElseThrow());
        assertEquals(989, DevicePeaks.teraflops("NVIDIA H200", Precision.BF16).orElseThrow());
        assertEquals(
                67,
                DevicePeaks.teraflops("NVIDIA H100 80GB HBM3", Precision.FP32).orElseThrow());
        assertTrue(DevicePeaks.teraflops("Tesla K80", Precision.BF16).isEmpty());
    }
}
