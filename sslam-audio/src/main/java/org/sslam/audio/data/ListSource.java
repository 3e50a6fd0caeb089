package org.sslam.audio.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/**
 * A list of clips as CSV with the header {@code path[,labels][,fold][,id]} or as a JSON array of objects with these
 * keys.
 *
 * <p>An id names a clip alike on every machine; without one, its path is its id. Labels are separated by ';' (in JSON a list of strings will do as well). Relative paths start from the list's own
 * folder. Further columns and keys are ignored.
 */
public final class ListSource extends FixedClips {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ListSource(Path list, List<Clip> clips) {
        super("list " + list, clips, "it names no clip; add one line or object for each sound file");
    }

    /**
     * Reads a CSV list.
     *
     * @param list the CSV file
     * @param root folder that relative paths start from instead of the list's own
     * @throws UserException if the file is missing, has no column 'path', has a malformed line or names no clip
     */
    public static ListSource csv(Path list, Optional<Path> root) {
        Path base = base(list, root);
        CsvTable table = CsvTable.read(list, "clip list", List.of("path"));
        List<Clip> clips = new ArrayList<>();
        for (CSVRecord row : table.rows()) {
            long line = table.line(row);
            String path = row.get("path").strip();
            Set<String> labels = Manifests.labels(CsvTable.value(row, "labels"), ';');
            OptionalInt fold = Manifests.fold(CsvTable.value(row, "fold"), list, line);
            clips.add(clip(path, CsvTable.value(row, "id"), labels, fold, base, list, line));
        }
        return new ListSource(list, clips);
    }

    /**
     * Reads a JSON list.
     *
     * @param list the JSON file
     * @param root folder that relative paths start from instead of the list's own
     * @throws UserException if the file is missing, is not an array of such objects or names no clip
     */
    public static ListSource json(Path list, Optional<Path> root) {
        Path base = base(list, root);
        List<Clip> clips = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(Manifests.text(list, "clip list"))) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw Manifests.malformed(
                        list, 1, "expected a JSON array of objects {\"path\": ..., \"labels\": [...]}");
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                if (token != JsonToken.START_OBJECT) {
                    throw Manifests.malformed(
                            list,
                            line,
                            "expected an object {\"path\": ...}, found "
                                    + (token == null ? "the end of the file" : parser.getText()));
                }
                JsonNode node = JSON.readTree(parser);
                JsonNode fold = node.path("fold");
                clips.add(clip(
                        node.path("path").asText("").strip(),
                        node.path("id").asText("").strip(),
                        jsonLabels(node.path("labels"), list, line),
                        Manifests.fold(fold.isNull() ? "" : fold.asText(""), list, line),
                        base,
                        list,
                        line));
            }
        } catch (JsonProcessingException e) {
            throw Manifests.notJson(list, e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(list, e);
        }
        return new ListSource(list, clips);
    }

    private static Path base(Path list, Optional<Path> root) {
        return root.map(folder -> Manifests.requireFolder(folder, "data.root"))
                .orElseGet(() -> Manifests.folderOf(list));
    }

    private static Clip clip(
            String path, String id, Set<String> labels, OptionalInt fold, Path base, Path list, long line) {
        if (path.isEmpty()) {
            throw Manifests.malformed(list, line, "the clip's 'path' is missing or empty");
        }
        String name = id.isEmpty() ? path.replace('\\', '/') : id;
        return new Clip(name, Manifests.resolve(base, path, list, line), labels, fold);
    }

    private static Set<String> jsonLabels(JsonNode node, Path list, int line) {
        if (node.isMissingNode() || node.isNull()) {
            return Set.of();
        }
        if (node.isTextual()) {
            return Manifests.labels(node.asText(), ';');
        }
        if (!node.isArray()) {
            throw Manifests.malformed(list, line, "'labels' must be a list of strings or one string");
        }
        Set<String> labels = new LinkedHashSet<>();
        node.forEach(label -> labels.add(label.asText().strip()));
        return labels;
    }
}
