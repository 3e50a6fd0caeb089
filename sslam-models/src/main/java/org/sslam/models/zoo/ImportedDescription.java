package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sslam.core.io.Hashes;

/** Makes {@code model.json} of an imported network: format, sizes, front-end, facts, card, origin. */
final class ImportedDescription {
    private final WeightFile file;
    private final ImportOptions options;
    private final Assignment network;
    private final ConfigBeside beside;

    ImportedDescription(WeightFile file, ImportOptions options, Assignment network, ConfigBeside beside) {
        this.file = file;
        this.options = options;
        this.network = network;
        this.beside = beside;
    }

    /**
     * The description but for its origin.
     *
     * @param format of the folder
     * @param parts that are wanted
     * @param sizes named sizes, with those that no tensor tells
     * @throws org.sslam.core.UserException if that is no network of the family
     */
    ObjectNode of(String format, Set<String> parts, Map<String, Long> sizes, ClipShape clip) {
        WeightKind kind = network.kind();
        Layout layout = kind.layout();
        Map<String, long[]> shapes = network.shapes(parts);
        ModelSection section = new ModelSection(sizes, shapes);
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("format", format);
        description.set(
                "model", ModelRecords.checked(layout.family(), section.of(layout.model(), beside.own("/model"))));
        description.set("frontEnd", StrictJson.tree(FrontEndSection.of(kind, beside.own("/frontEnd"), clip, options)));
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        layout.facts().stream()
                .filter(line -> line.when().map(shapes::containsKey).orElse(true))
                .filter(line -> beside.own("/" + line.key()).isValueNode())
                .forEach(line -> known.set(line.key(), beside.own("/" + line.key())));
        description.setAll(section.of(layout.facts(), known));
        options.head().ifPresent(head -> putHead(description, head));
        ModelCard.put(description, kind.card(), cardEntries());
        return description;
    }

    private void putHead(ObjectNode description, ImportOptions.Head head) {
        Layout.Classification form = network.kind().layout().classifier().orElseThrow();
        ClassifierFiles.putHead(
                description,
                head.pooling().orElse(form.pooling()),
                new ClassifierFiles.About(
                        head.classes(),
                        Map.of(
                                "encoder",
                                network.kind().name(),
                                "mode",
                                "finetune",
                                "labels",
                                head.single() ? "single" : "multi")));
    }

    private Map<String, String> cardEntries() {
        Map<String, String> entries = new LinkedHashMap<>();
        beside.own("/card")
                .properties()
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
        entries.putAll(options.card());
        return entries;
    }

    /**
     * Adds where the network came from.
     *
     * @param notes what was left out or changed
     */
    void putOrigin(ObjectNode description, List<String> notes) {
        ObjectNode origin = description.putObject("origin");
        Path path = file.tensors().path();
        origin.put("kind", network.kind().name());
        origin.put("file", path.getFileName().toString());
        origin.put("format", file.tensors().format());
        origin.put("sha256", Hashes.sha256(path));
        origin.put("names", network.root());
        origin.put("positions", options.positions().name().toLowerCase(Locale.ROOT));
        ArrayNode list = origin.putArray("notes");
        notes.forEach(list::add);
    }
}
