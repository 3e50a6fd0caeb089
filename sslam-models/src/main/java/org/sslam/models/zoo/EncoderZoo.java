package org.sslam.models.zoo;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sslam.core.UserException;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;
import org.sslam.models.audiomae.AudioMaeFamily;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.EncoderFamily;
import org.sslam.models.mwmae.MwmaeFamily;
import org.sslam.models.sslam.SslamFamily;

/** Loads an encoder of any family: the {@code format} in its {@code model.json} says which. */
public final class EncoderZoo {
    private static final List<EncoderFamily> FAMILIES =
            List.of(new SslamFamily(), new AudioMaeFamily(), new MwmaeFamily());
    private static final String DESCRIPTION = "model.json";
    private static final List<String> INSIDE_A_RUN = List.of("encoder", "model");
    private static final JsonMapper JSON = new JsonMapper();

    private EncoderZoo() {}

    /**
     * An encoder and what it was loaded from.
     *
     * @param encoder with its weights
     * @param folder that holds its files
     * @param sha256 over its description and its weights: equal files, equal features
     */
    public record Loaded(AudioEncoder encoder, Path folder, String sha256) {}

    /**
     * Loads an encoder.
     *
     * @param manager owner of the weights
     * @param folder an encoder's own, a checkpoint, a classifier's, or a finished run's with one of these inside
     * @throws UserException if there is no encoder, it is of no known family, or its files do not fit together
     */
    public static Loaded load(NDManager manager, Path folder) {
        Path own = resolve(folder);
        EncoderFamily family = family(own);
        AudioEncoder encoder = family.load(manager, own);
        String parts = Hashes.sha256(own.resolve(DESCRIPTION)) + Hashes.sha256(family.weights(own));
        return new Loaded(encoder, own, Hashes.sha256(parts.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Where a folder holds its encoder: itself, or the encoder or model inside a finished run's; empty if nowhere. */
    public static Optional<Path> find(Path folder) {
        return Stream.concat(Stream.of(folder), INSIDE_A_RUN.stream().map(folder::resolve))
                .filter(candidate -> Files.isRegularFile(candidate.resolve(DESCRIPTION)))
                .findFirst();
    }

    private static Path resolve(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(folder + (Files.exists(folder) ? " is a file" : " does not exist")
                    + "; name the folder of an encoder, of a finished run, or a checkpoint");
        }
        return find(folder)
                .orElseThrow(() -> new UserException(folder + " holds no encoder (no " + DESCRIPTION
                        + "); name the folder of an encoder, of a finished run, or a checkpoint"));
    }

    private static EncoderFamily family(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        String format = format(file);
        return FAMILIES.stream()
                .filter(family -> family.formats().contains(format))
                .findFirst()
                .orElseThrow(() -> new UserException(file + " has format '" + format + "', not " + known()
                        + "; it was written by another version or is another file"));
    }

    private static String format(Path file) {
        try {
            return JSON.readTree(file.toFile()).path("format").asText();
        } catch (JsonProcessingException e) {
            throw new UserException(
                    file + " does not describe an encoder (" + e.getOriginalMessage()
                            + "); run the command that made it again, or name a checkpoint",
                    e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    private static String known() {
        return FAMILIES.stream()
                .flatMap(family -> family.formats().stream())
                .sorted()
                .collect(Collectors.joining(" or "));
    }
}
