package org.sslam.models.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.TensorFile;
import org.sslam.core.io.flax.FlaxCheckpoint;
import org.sslam.core.io.torch.TorchPickle;

/**
 * An open file of weights in any format that is read here, told by its first bytes, and the {@code config.json} beside
 * it.
 */
public final class WeightFile implements AutoCloseable {
    /** Name of the configuration beside published weights. */
    static final String CONFIG = "config.json";

    private static final List<String> NAMES_IN_FOLDERS =
            List.of("model.safetensors", "student.safetensors", "pytorch_model.bin");
    private static final int HEAD_BYTES = 16;
    private static final long MAX_CONFIG_BYTES = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final TensorFile tensors;
    private final JsonNode config;

    private WeightFile(TensorFile tensors, JsonNode config) {
        this.tensors = tensors;
        this.config = config;
    }

    /**
     * Opens a file, or the one of a known name in a folder.
     *
     * @throws UserException if there is none, or it is in no format that is read here, damaged or refused
     */
    public static WeightFile open(Path fileOrFolder) {
        Path file = Files.isDirectory(fileOrFolder) ? inside(fileOrFolder) : fileOrFolder;
        TensorFile tensors = tensors(file);
        WeightFile opened = null;
        try {
            opened = new WeightFile(tensors, config(file));
            return opened;
        } finally {
            if (opened == null) {
                tensors.close();
            }
        }
    }

    /** The tensors. */
    public TensorFile tensors() {
        return tensors;
    }

    /** Size of the file. */
    long bytes() {
        try {
            return Files.size(tensors.path());
        } catch (IOException e) {
            throw IoErrors.cannotRead(tensors.path(), e);
        }
    }

    /** What {@code config.json} beside the file says; a missing node without one. */
    JsonNode config() {
        return config;
    }

    @Override
    public void close() {
        tensors.close();
    }

    private static Path inside(Path folder) {
        return NAMES_IN_FOLDERS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UserException(folder + " holds no weights (none of "
                        + String.join(", ", NAMES_IN_FOLDERS) + "); name the file itself"));
    }

    private static TensorFile tensors(Path file) {
        byte[] head = head(file);
        if (TorchPickle.recognises(head)) {
            return TorchPickle.open(file);
        }
        if (isSafetensors(head)) {
            return Safetensors.open(file);
        }
        if (FlaxCheckpoint.recognises(head)) {
            return FlaxCheckpoint.open(file);
        }
        throw new UserException(file + " is in no known format of weights" + guess(head)
                + "; give a safetensors file, a file of torch.save, or a flax checkpoint");
    }

    private static boolean isSafetensors(byte[] head) {
        return head.length > 8 && head[8] == '{' && head[7] == 0 && head[6] == 0 && head[5] == 0;
    }

    private static String guess(byte[] head) {
        if (head.length == 0) {
            return " (it is empty)";
        }
        if (startsWith(head, 0x1F, 0x8B) || startsWith(head, 'B', 'Z', 'h') || startsWith(head, 0xFD, '7', 'z')) {
            return " (it is compressed: unpack it first)";
        }
        if (startsWith(head, 0x89, 'H', 'D', 'F')) {
            return " (it is an HDF5 file)";
        }
        boolean text = true;
        for (byte b : head) {
            text &= b >= 0x20 && b < 0x7F || b == '\n' || b == '\r' || b == '\t';
        }
        return text ? " (it is text: a page of an interrupted download?)" : "";
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD_BYTES);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    private static JsonNode config(Path file) {
        Path config = file.toAbsolutePath().resolveSibling(CONFIG);
        if (!Files.isRegularFile(config)) {
            return MissingNode.getInstance();
        }
        try {
            if (Files.size(config) > MAX_CONFIG_BYTES) {
                throw new UserException(config + " is larger than 1 MB, hardly a configuration; remove it");
            }
            return Optional.ofNullable(JSON.readTree(config.toFile())).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException e) {
            throw new UserException(
                    config + " is not valid JSON ("
                            + e.getOriginalMessage().lines().findFirst().orElse("") + "); mend or remove it",
                    e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(config, e);
        }
    }
}
