package org.sslam.audio.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;
import org.sslam.core.run.DirectoryLock;

/**
 * A folder that holds one made set, known by a marker file with the settings it is made with.
 *
 * <p>The marker is written first, so that a command that was cut off and is started again finds its own work; it is
 * written again with the results at the end, then with {@code "complete": true}. Another set is never overwritten.
 */
public final class SetFolder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SETTINGS = "settings";
    private static final String COMPLETE = "complete";

    private final Path folder;
    private final Path marker;
    private final ObjectNode settings;

    private SetFolder(Path folder, Path marker, ObjectNode settings) {
        this.folder = folder;
        this.marker = marker;
        this.settings = settings;
    }

    /**
     * Makes the folder, or takes up one that the same settings made. What another process is just writing there is swept
     * away; where there may be one, the folder's lock is taken between {@link #refuseForeign} and this.
     *
     * @param markerName name of the marker file
     * @param settings everything that the set is a function of
     * @throws UserException if the folder holds another set or other files, or cannot be written; nothing is changed
     *     then
     */
    public static SetFolder claim(Path folder, String markerName, ObjectNode settings) {
        SetFolder claimed = refuseForeign(folder, markerName, settings);
        if (!Files.exists(claimed.marker)) {
            AtomicFiles.createDirectories(folder);
            claimed.begin();
        }
        AtomicFiles.sweep(folder);
        return claimed;
    }

    /**
     * Looks whether {@link #claim} would be refused; changes nothing.
     *
     * @throws UserException if it would
     */
    public static SetFolder refuseForeign(Path folder, String markerName, ObjectNode settings) {
        SetFolder wanted = new SetFolder(folder, folder.resolve(markerName), settings);
        if (Files.exists(wanted.marker)) {
            wanted.refuseOtherSettings();
        } else {
            wanted.refuseOtherFiles();
        }
        return wanted;
    }

    /** A place inside the folder. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Makes a folder inside and clears what a killed process left half written there. */
    public Path directory(String name) {
        Path directory = folder.resolve(name);
        AtomicFiles.createDirectories(directory);
        AtomicFiles.sweep(directory);
        return directory;
    }

    /** Writes text unless the file holds it already; see {@link #keepOrWrite(Path, byte[])}. */
    public boolean write(String name, String text) {
        return keepOrWrite(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the marker with the settings alone: the set is not complete, or no longer. */
    public void begin() {
        mark(JsonNodeFactory.instance.objectNode(), false);
    }

    /** Writes the marker with the settings and these results: the set is complete. */
    public void complete(ObjectNode results) {
        mark(results, true);
    }

    /** Writes in one step unless the file already holds these bytes; true if it wrote. */
    public static boolean keepOrWrite(Path file, byte[] bytes) {
        try {
            if (Files.isRegularFile(file)
                    && Files.size(file) == bytes.length
                    && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return false;
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
        AtomicFiles.write(file, out -> out.write(bytes));
        return true;
    }

    private void mark(ObjectNode results, boolean complete) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put(COMPLETE, complete);
        content.set(SETTINGS, settings);
        content.setAll(results);
        keepOrWrite(marker, (content.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void refuseOtherSettings() {
        JsonNode content;
        try {
            content = JSON.readTree(Files.readString(marker));
        } catch (JsonProcessingException e) {
            throw new UserException(marker + " is damaged: remove " + folder + " or choose another folder", e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(marker, e);
        }
        JsonNode before = content.path(SETTINGS);
        List<String> differences = new ArrayList<>();
        for (String key : keys(before)) {
            // Compared as text: a number that was read back may have another type.
            String was = before.path(key).toString();
            String now = settings.path(key).toString();
            if (!was.equals(now)) {
                differences.add(key + " (" + shown(was) + ", now " + shown(now) + ")");
            }
        }
        if (!differences.isEmpty()) {
            String kind = content.path(COMPLETE).asBoolean() ? "another set: " : "another, unfinished set: ";
            throw new UserException(folder + " holds " + kind + String.join(", ", differences)
                    + "; choose another folder, or remove that one");
        }
    }

    private Set<String> keys(JsonNode before) {
        Set<String> keys = new TreeSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        settings.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    private void refuseOtherFiles() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.map(entry -> entry.getFileName().toString())
                    .anyMatch(name -> !name.startsWith(".") && !name.equals(DirectoryLock.FILE))) {
                throw new UserException(folder + " holds other files (there is no " + marker.getFileName()
                        + " in it): choose an empty folder or one that is not there yet");
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(folder, e);
        }
    }
}
