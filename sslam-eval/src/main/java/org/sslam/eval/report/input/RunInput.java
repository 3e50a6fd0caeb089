package org.sslam.eval.report.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;
import org.sslam.core.run.Provenance;

/**
 * The folder of a training run.
 *
 * @param folder the folder as it was named
 * @param provenance how the run began
 * @param config its configuration as YAML
 */
public record RunInput(Path folder, Provenance provenance, String config) {
    private static final String CONFIG = "config.yaml";
    private static final String PROVENANCE = "provenance.json";

    /** Whether a folder is one. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG)) && Files.isRegularFile(folder.resolve(PROVENANCE));
    }

    /**
     * Reads what the run says of itself.
     *
     * @throws UserException if a file is missing or malformed
     */
    public static RunInput open(Path folder) {
        Path provenance = folder.resolve(PROVENANCE);
        return new RunInput(
                folder, Provenance.fromJson(provenance.toString(), read(provenance)), read(folder.resolve(CONFIG)));
    }

    /** The run's own name. */
    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /** The metric log. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }
}
