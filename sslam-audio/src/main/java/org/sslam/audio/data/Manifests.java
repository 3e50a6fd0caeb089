package org.sslam.audio.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/** What all manifest readers share: opening with a clear message, places of errors, paths, label lists. */
public final class Manifests {
    private Manifests() {}

    /** The folder, if it is one. */
    public static Path requireFolder(Path folder, String what) {
        if (!Files.exists(folder)) {
            throw new UserException(what + " " + folder + " does not exist: check the path");
        }
        if (!Files.isDirectory(folder)) {
            throw new UserException(what + " " + folder + " is not a folder: give the folder that holds the clips");
        }
        return folder;
    }

    /** The file, if it is one. */
    public static Path requireFile(Path file, String what) {
        if (!Files.exists(file)) {
            throw new UserException(what + " " + file + " does not exist: check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserException(what + " " + file + " is not a file: check the path and data.format");
        }
        return file;
    }

    /** All lines of a UTF-8 text, without a byte order mark. */
    public static List<String> lines(Path file, String what) {
        return text(file, what).lines().toList();
    }

    /** A whole UTF-8 text, without a byte order mark. */
    public static String text(Path file, String what) {
        requireFile(file, what);
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new UserException(what + " " + file + " is not UTF-8 text: convert it, or check data.format", e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    /** The error of one line of a manifest. */
    public static UserException malformed(Path file, long line, String problem) {
        return new UserException(file + ":" + line + ": " + problem);
    }

    /** The error of a file that is not JSON, with its line where the parser knows it. */
    public static UserException notJson(Path file, JsonProcessingException e) {
        String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
        return new UserException(file + line + ": not valid JSON: " + e.getOriginalMessage(), e);
    }

    /** A clip's path: absolute as it stands, otherwise below the root. */
    public static Path resolve(Path root, String path, Path manifest, long line) {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw malformed(manifest, line, "'" + path + "' is not a path: " + e.getReason());
        }
    }

    /** Splits a list of labels, dropping blanks around and between them. */
    public static Set<String> labels(String joined, char separator) {
        Set<String> labels = new LinkedHashSet<>();
        Arrays.stream(joined.split(Pattern.quote(String.valueOf(separator))))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        return labels;
    }

    /** A fold number, or none where the field is blank. */
    public static OptionalInt fold(String text, Path manifest, long line) {
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw malformed(manifest, line, "fold '" + text + "' is not a whole number");
        }
    }

    /** The folder that relative paths of a manifest start from. */
    public static Path folderOf(Path manifest) {
        Path parent = manifest.toAbsolutePath().getParent();
        return parent == null ? manifest.toAbsolutePath() : parent;
    }
}
