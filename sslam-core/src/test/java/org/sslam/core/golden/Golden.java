package org.sslam.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Finds golden fixtures: in the folder named by the system property {@code sslam.golden} if it is set, and only there,
 * else on the class path under {@code /golden}.
 */
public final class Golden {
    static final String FOLDER_PROPERTY = "sslam.golden";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /**
     * Opens {@code FAMILY/NAME.json} and the tensors it names.
     *
     * @throws AssertionError if there is no such fixture
     */
    public static Fixture fixture(String family, String name) {
        Path indexFile = locate(family + "/" + name + ".json");
        JsonNode index = read(indexFile);
        Optional<Path> tensors = tensorsFile(index).map(file -> locate(family + "/" + file));
        return new Fixture(family + "/" + name, index, tensors);
    }

    /**
     * Where a file of a family lies, for example a published weight file.
     *
     * @throws AssertionError if it is missing
     */
    public static Path file(String family, String fileName) {
        return locate(family + "/" + fileName);
    }

    private static Optional<String> tensorsFile(JsonNode index) {
        for (String key : new String[] {"file", "tensors_file"}) {
            if (index.path(key).isTextual()) {
                return Optional.of(index.get(key).textValue());
            }
        }
        return Optional.empty();
    }

    private static Path locate(String relative) {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        if (!folder.isEmpty()) {
            Path file = Path.of(folder).resolve(relative);
            if (!Files.isRegularFile(file)) {
                throw new AssertionError("no golden file " + file + " (folder given by " + FOLDER_PROPERTY + ")");
            }
            return file;
        }
        URL resource = Golden.class.getResource("/golden/" + relative);
        if (resource == null) {
            throw new AssertionError("no golden file /golden/" + relative + " among the test resources");
        }
        return onDisk(resource, relative);
    }

    private static Path onDisk(URL resource, String relative) {
        try {
            if (resource.getProtocol().equals("file")) {
                return Path.of(resource.toURI());
            }
            Path copy = Files.createTempFile("golden", relative.replace('/', '-'));
            copy.toFile().deleteOnExit();
            try (InputStream in = resource.openStream()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError("unusable resource address " + resource, e);
        }
    }

    private static JsonNode read(Path index) {
        try {
            return JSON.readTree(index.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable golden index " + index, e);
        }
    }
}
