package org.sslam.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What this process holds in memory, tensors included, which the Java heap does not show. Linux only. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIB_PER_MIB = 1024;

    private ProcessMemory() {}

    /** Resident memory now, MiB; empty where the system does not tell. */
    public static OptionalLong residentMib() {
        return read("VmRSS:");
    }

    /** Largest resident memory so far, MiB; empty where the system does not tell. */
    public static OptionalLong peakMib() {
        return read("VmHWM:");
    }

    private static OptionalLong read(String key) {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
