package org.sslam.core.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sslam.core.UserException;

/** Writes YAML files and binds them to {@link Recipe}. */
final class ConfigFiles {
    private final Path folder;

    ConfigFiles(Path folder) {
        this.folder = folder;
    }

    Path write(String name, String yaml) {
        try {
            return Files.writeString(folder.resolve(name), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recipe bind(String yaml, String... overrides) {
        return Config.load(write("x.yaml", yaml), List.of(overrides)).bind(Recipe.class);
    }

    /** The one-line refusal, without the folder's path. */
    String refusal(String yaml, String... overrides) {
        String message =
                assertThrows(UserException.class, () -> bind(yaml, overrides)).getMessage();
        return message.replace(folder + "/", "");
    }
}
