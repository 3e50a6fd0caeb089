package org.sslam.eval.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the processor multiplies bfloat16 itself; without, {@code precision: bf16} runs, but slower than fp32.
 *
 * <p>Never a failure: bf16 is only ever used where somebody asks for it.
 *
 * @param processorInfo what the kernel says about the processor
 */
record HalfPrecisionCheck(Path processorInfo) implements Check {
    private static final Set<String> HARDWARE = Set.of("avx512_bf16", "amx_bf16");

    /** Of this machine. */
    static HalfPrecisionCheck ofThisMachine() {
        return new HalfPrecisionCheck(Path.of("/proc/cpuinfo"));
    }

    @Override
    public String name() {
        return "bf16";
    }

    @Override
    public Result run() {
        if (!Files.isReadable(processorInfo)) {
            return Result.good("unknown: this system does not describe its processor");
        }
        try {
            TreeSet<String> found = Files.readAllLines(processorInfo).stream()
                    .filter(line -> line.startsWith("flags"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(HARDWARE::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            return Result.good(
                    found.isEmpty()
                            ? "not in this processor: on the CPU, precision=bf16 would be slower than fp32"
                            : "in this processor (" + String.join(", ", found) + "); precision=bf16 uses it");
        } catch (IOException e) {
            return Result.good("unknown: " + e.getMessage());
        }
    }
}
