package org.sslam.eval.report.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/**
 * What {@code sslam reconstruct} left in a folder.
 *
 * @param folder the folder as it was named
 * @param network name of the network
 * @param mask what was hidden
 * @param clips in the order in which they were restored
 */
public record RestoredClips(Path folder, String network, String mask, List<Clip> clips) {
    /** Name of the table that stands beside pictures and sounds. */
    public static final String TABLE = "reconstruction.json";

    /** What its {@code format} says. */
    public static final String FORMAT = "sslam-reconstruction/1";

    private static final String INSIDE_A_RUN = "reconstruction";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps its own copy. */
    public RestoredClips {
        clips = List.copyOf(clips);
    }

    /**
     * One clip.
     *
     * @param source its file's name
     * @param picture PNG
     * @param sounds WAV files by kind: original, masked, reconstruction, output, and repeated where packets were lost
     * @param errors mean squared errors of hidden cells by what filled them
     */
    public record Clip(String source, Path picture, Map<String, Path> sounds, Map<String, Double> errors) {}

    /** Whether a folder holds some. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(TABLE));
    }

    /** The folder of a run where its reconstructions lie. */
    public static Path folderOf(Path run) {
        return run.resolve(INSIDE_A_RUN);
    }

    /** Those inside a run's folder. */
    public static Optional<RestoredClips> ofRun(Path run) {
        return Optional.of(folderOf(run)).filter(RestoredClips::is).map(RestoredClips::open);
    }

    /**
     * Reads the table; pictures and sounds are read when they are shown.
     *
     * @throws UserException if it cannot be read or is none
     */
    public static RestoredClips open(Path folder) {
        Path file = folder.resolve(TABLE);
        try {
            JsonNode table = JSON.readTree(Files.readAllBytes(file));
            if (!FORMAT.equals(table.path("format").asText())) {
                throw new UserException(file + " is no table of reconstructions (its format is not " + FORMAT
                        + "); run 'sslam reconstruct' again");
            }
            List<Clip> clips = new ArrayList<>();
            table.path("clips").forEach(row -> clips.add(clip(folder, row)));
            return new RestoredClips(
                    folder, table.path("network").asText(), table.path("mask").asText(), clips);
        } catch (JsonProcessingException e) {
            throw new UserException(
                    file + " is not valid JSON (" + e.getOriginalMessage() + "); run 'sslam reconstruct' again", e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    private static Clip clip(Path folder, JsonNode row) {
        Map<String, Path> sounds = new LinkedHashMap<>();
        row.path("sounds").properties().forEach(e -> sounds.put(e.getKey(), inside(folder, e.getValue())));
        Map<String, Double> errors = new LinkedHashMap<>();
        row.path("meanSquaredError")
                .properties()
                .forEach(e -> errors.put(e.getKey(), e.getValue().asDouble()));
        return new Clip(row.path("source").asText(), inside(folder, row.path("picture")), sounds, errors);
    }

    /** Only files of the folder itself come into the page, whatever the table says. */
    private static Path inside(Path folder, JsonNode name) {
        Path file = name.asText().indexOf('\0') < 0 ? folder.resolve(name.asText()) : folder;
        if (!folder.equals(file.getParent())) {
            throw new UserException(folder.resolve(TABLE) + " names '" + name.asText()
                    + "', which is not a file of its folder; run 'sslam reconstruct' again");
        }
        return file;
    }
}
