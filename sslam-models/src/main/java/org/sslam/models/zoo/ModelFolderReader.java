package org.sslam.models.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sslam.core.UserException;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;

/** Finds what {@link ModelFolderWriter} and training runs put in a folder. */
public final class ModelFolderReader {
    private static final JsonMapper JSON = new JsonMapper();

    private ModelFolderReader() {}

    /**
     * The description of a folder.
     *
     * @throws UserException if there is none, or it is no JSON
     */
    static JsonNode description(Path folder) {
        Path file = folder.resolve(ModelFolderWriter.DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new UserException(folder + " holds no encoder (no " + ModelFolderWriter.DESCRIPTION
                    + "); name a folder that 'weights import' or a training run made");
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new UserException(
                    file + " is not valid JSON ("
                            + e.getOriginalMessage().lines().findFirst().orElse("") + "); restore it",
                    e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    /** The file of the encoder's weights, alone or with what pre-training goes on with. */
    static Path weights(Path folder) {
        Path own = folder.resolve(ModelFolderWriter.WEIGHTS);
        return Files.exists(own) ? own : folder.resolve(ModelFolderWriter.STUDENT);
    }

    /**
     * Whether a folder holds an imported network that pre-training can begin with: a student and its teacher, or an
     * encoder and its decoder.
     *
     * @throws UserException if it does and its files are damaged
     */
    public static boolean isImportedNetwork(Path folder) {
        if (!Files.isRegularFile(folder.resolve(ModelFolderWriter.DESCRIPTION))) {
            return false;
        }
        JsonNode description = description(folder);
        JsonNode files = description.path(ModelFolderWriter.FILES);
        boolean pair = files.has(ModelFolderWriter.STUDENT) && files.has(ModelFolderWriter.TEACHER);
        String format = description.path("format").asText();
        boolean whole = files.has(ModelFolderWriter.WEIGHTS)
                && WeightKinds.all().stream()
                        .flatMap(kind -> kind.layout().whole().stream())
                        .anyMatch(format::equals);
        if (!pair && !whole) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : files.properties()) {
            Path file = folder.resolve(entry.getKey());
            if (!entry.getValue().asText().equals(Hashes.sha256(file))) {
                throw new UserException(file + " differs from its sum in " + ModelFolderWriter.DESCRIPTION
                        + "; it was damaged or exchanged, so import it again");
            }
        }
        return true;
    }
}
