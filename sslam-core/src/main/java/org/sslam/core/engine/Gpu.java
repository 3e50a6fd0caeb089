package org.sslam.core.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A GPU as its driver describes it, through {@code nvidia-smi}.
 *
 * @param name of the board
 * @param driver version of the driver
 * @param totalMib memory, MiB
 * @param freeMib memory that nobody uses now, MiB
 */
public record Gpu(String name, String driver, long totalMib, long freeMib) {
    private static final String QUERY = "--query-gpu=name,driver_version,memory.total,memory.free";
    private static final int FIELDS = 4;
    private static final long PATIENCE_SECONDS = 20;

    /** Memory in use, by all processes, MiB. */
    public long usedMib() {
        return totalMib - freeMib;
    }

    /**
     * The GPU behind a device's name; numbers count the GPUs that this process may see.
     *
     * @param device {@code gpu0}, {@code gpu1} ...
     * @return empty for the CPU, and where the driver's tool is missing or fails
     */
    public static Optional<Gpu> of(String device) {
        if (!device.matches("gpu\\d+")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(device.substring("gpu".length()));
        return id(number, System.getenv("CUDA_VISIBLE_DEVICES"))
                .flatMap(id -> ask(List.of("nvidia-smi", QUERY, "--format=csv,noheader,nounits", "--id=" + id)))
                .flatMap(Gpu::parse);
    }

    /** What the driver calls the visible GPU of a number. */
    static Optional<String> id(int number, String visible) {
        if (visible == null) {
            return Optional.of(Integer.toString(number));
        }
        List<String> ids = new ArrayList<>();
        for (String id : visible.split(",")) {
            ids.add(id.strip());
        }
        return number < ids.size() && !ids.get(number).isEmpty() ? Optional.of(ids.get(number)) : Optional.empty();
    }

    /** The first line of the tool's answer. */
    static Optional<Gpu> parse(String answer) {
        String[] fields = answer.lines().findFirst().orElse("").split(",");
        if (fields.length != FIELDS
                || !fields[2].strip().matches("\\d+")
                || !fields[3].strip().matches("\\d+")) {
            return Optional.empty();
        }
        return Optional.of(new Gpu(
                fields[0].strip(),
                fields[1].strip(),
                Long.parseLong(fields[2].strip()),
                Long.parseLong(fields[3].strip())));
    }

    private static Optional<String> ask(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return Optional.empty();
                }
                return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                process.destroy();
            }
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
