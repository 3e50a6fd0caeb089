package org.sslam.eval.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.UserException;
import org.sslam.core.engine.Gpu;

class DoctorTest {
    private record Throwing(RuntimeException failure) implements Check {
        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public Result run() {
            throw failure;
        }
    }

    private record Unlinked() implements Check {
        @Override
        public String name() {
            return "unlinked";
        }

        @Override
        public Result run() {
            throw new UnsatisfiedLinkError("no torch in java.library.path");
        }
    }

    @Test
    void aThrowingCheckFailsAndTheOthersGoOn() {
        List<Doctor.Finding> findings = new Doctor(List.of(
                        new Throwing(new UserException("libtorch is missing; build again")),
                        new Throwing(new IllegalStateException("odd")),
                        new Unlinked(),
                        new JavaCheck(17)))
                .examine();
        assertEquals(
                "libtorch is missing; build again", findings.get(0).result().message());
        assertEquals("IllegalStateException: odd", findings.get(1).result().message());
        assertEquals(
                "UnsatisfiedLinkError: no torch in java.library.path",
                findings.get(2).result().message());
        assertEquals(
                List.of(false, false, false, true),
                findings.stream().map(f -> f.result().ok()).toList());
    }

    @Test
    void limitsAreKept(@TempDir Path folder) {
        assertTrue(new JavaCheck(21).run().ok());
        assertFalse(new JavaCheck(11).run().ok());
        assertFalse(new MemoryCheck(100L << 20).run().ok());
        assertTrue(new MemoryCheck(1L << 30).run().ok());
        assertTrue(new DiskCheck(folder.resolve("not").resolve("yet"), 1).run().ok());
        Check.Result full = new DiskCheck(folder, Long.MAX_VALUE).run();
        assertFalse(full.ok());
        assertTrue(full.remedy().contains("DJL_CACHE_DIR"), full.remedy());
        assertFalse(new DiskCheck(Path.of("/proc/none"), 1).run().ok()
                && Path.of("/proc").toFile().exists());
    }

    @Test
    void thisMachineIsFit() {
        List<Doctor.Finding> findings = Doctor.standard("cpu").examine();
        assertEquals(10, findings.size());
        for (Doctor.Finding finding : findings) {
            assertTrue(finding.result().ok(), finding.toString());
            assertEquals("", finding.result().remedy());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "525.60.13, true",
        "525.105.17, true",
        "525.147.05, true",
        "530.30.02, true",
        "550.54.15, true",
        "1000, true",
        "525.60.11, false",
        "525.60, false",
        "525.9.99, false",
        "470.223.02, false",
        "unknown, false"
    })
    void driversAreComparedNumberByNumber(String version, boolean isNewEnough) {
        assertEquals(
                isNewEnough,
                new GpuChecks.Driver(Optional.of(new Gpu("GPU", version, 1, 1)))
                        .run()
                        .ok());
    }

    @Test
    void aGpuNeedsLibrariesDriverAndMemory() {
        assertTrue(new GpuChecks.CudaLibraries("cu121").run().ok());
        assertTrue(new GpuChecks.CudaLibraries("cpu").run().remedy().contains("SSLAM_GPU=1"));
        Gpu gpu = new Gpu("NVIDIA H200", "550.54.15", 143771, 143000);
        assertTrue(new GpuChecks.Driver(Optional.of(gpu)).run().ok());
        assertTrue(new GpuChecks.FreeMemory(Optional.of(gpu)).run().ok());
        Gpu old = new Gpu("NVIDIA T4", "470.82.01", 15000, 900);
        assertFalse(new GpuChecks.Driver(Optional.of(old)).run().ok());
        assertFalse(new GpuChecks.FreeMemory(Optional.of(old)).run().ok());
        assertFalse(new GpuChecks.Driver(Optional.empty()).run().ok());
        assertTrue(new GpuChecks.CudaRuntime(() -> 2).run().ok());
        assertTrue(new GpuChecks.CudaRuntime(() -> 0).run().remedy().contains("libcudart"));
        List<String> names =
                Doctor.standard("gpu99").checks().stream().map(Check::name).toList();
        assertTrue(names.containsAll(List.of("cuda", "driver", "runtime", "gpu memory", "device")), names.toString());
    }

    @Test
    void bfloatHardwareIsNamedAndNeverAFailure(@TempDir Path folder) throws IOException {
        Path info = folder.resolve("cpuinfo");
        Files.writeString(info, "model\t: x\nflags\t\t: fpu avx512_bf16 sse\n");
        assertTrue(new HalfPrecisionCheck(info).run().message().contains("(avx512_bf16)"));
        Files.writeString(info, "flags\t\t: fpu sse\n");
        Check.Result none = new HalfPrecisionCheck(info).run();
        assertTrue(none.ok() && none.message().contains("slower than fp32"), none.message());
        assertTrue(new HalfPrecisionCheck(folder.resolve("none")).run().ok());
    }

    @Test
    void aMissingDeviceFailsAndIsNotReplaced() {
        Check.Result result = new DeviceCheck("gpu99").run();
        assertFalse(result.ok());
        assertTrue(result.message().contains("gpu99"), result.message());
        assertTrue(result.remedy().contains("-Dgpu"), result.remedy());
        assertFalse(new DeviceCheck("tpu").run().ok());
    }
}
