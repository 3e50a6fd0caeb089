package org.sslam.audio.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sslam.audio.data.Manifests;
import org.sslam.core.UserException;

/**
 * Which classes an annotation of events names: tab-separated text {@code start end label}, or JAMS as Scaper writes it,
 * where events of the role "background" do not count.
 */
final class EventAnnotations {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIELDS = 3;

    private EventAnnotations() {}

    /**
     * Classes in the order of their first event.
     *
     * @throws UserException if the file cannot be read or is malformed
     */
    static Set<String> labels(Path file) {
        return file.toString().endsWith(".jams") ? jams(file) : text(file);
    }

    private static Set<String> text(Path file) {
        Set<String> labels = new LinkedHashSet<>();
        List<String> lines = Manifests.lines(file, "annotation");
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            String[] fields = lines.get(i).split("\t");
            if (fields.length < FIELDS || fields[2].isBlank()) {
                throw Manifests.malformed(
                        file, i + 1L, "expected 'start<TAB>end<TAB>label', found '" + lines.get(i) + "'");
            }
            labels.add(fields[2].strip());
        }
        return labels;
    }

    private static Set<String> jams(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(Manifests.text(file, "annotation"));
        } catch (JsonProcessingException e) {
            throw Manifests.notJson(file, e);
        }
        if (!root.path("annotations").isArray()) {
            throw new UserException(file + " is not a JAMS annotation: it has no list 'annotations'");
        }
        Set<String> labels = new LinkedHashSet<>();
        for (JsonNode annotation : root.path("annotations")) {
            for (JsonNode event : annotation.path("data")) {
                JsonNode value = event.path("value");
                String label =
                        value.isTextual() ? value.asText() : value.path("label").asText("");
                if (label.isBlank()) {
                    throw new UserException(file + " has an event without a label: restore the file");
                }
                if (!value.path("role").asText("").equals("background")) {
                    labels.add(label);
                }
            }
        }
        return labels;
    }
}
