package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.SafetensorsWriter;
import org.sslam.core.io.SafetensorsWriter.Deferred;
import org.sslam.core.run.Provenance;

/**
 * Writes the weights of a folder as others read them: safetensors with the names of a published kind, {@code config.json}
 * and a model card.
 *
 * <p>What {@link WeightImport} made of a file comes out bit for bit, and goes in again bit for bit.
 */
public final class WeightExport {
    private static final String EXTENSION = ".safetensors";

    private final JsonNode description;
    private final WeightKind kind;
    private final String root;

    private WeightExport(JsonNode description, WeightKind kind, String root) {
        this.description = description;
        this.kind = kind;
        this.root = root;
    }

    /**
     * What an export did.
     *
     * @param kind whose names the tensors have
     * @param files that were written
     */
    public record Report(WeightKind kind, List<Path> files) {}

    /**
     * Exports a folder.
     *
     * @param folder of an encoder
     * @param target to be written: a name that ends in {@code .safetensors} for that file with configuration and card
     *     beside it, any other for a folder; nothing may have it
     * @param names the kind whose names are wanted; without it that of the import, or the usual one of the family
     * @param card entries of the model card, by name, in place of those of the import or the run
     */
    public static Report run(Path folder, Path target, Optional<String> names, Map<String, String> card) {
        ObjectNode description = ModelFolderReader.description(folder).deepCopy();
        Path weights = ModelFolderReader.weights(folder);
        try (SafetensorsFile file = Safetensors.open(weights)) {
            Layout layout = layout(folder, description);
            putCard(description, folder, layout, card);
            WeightKind kind = kind(file.names(), layout, description, names);
            List<String> roots =
                    kind.roots().stream().map(WeightKind.Root::student).toList();
            String root = roots.contains("") ? "" : roots.get(0);
            ObjectNode frontEnd = FrontEndSection.exported(
                    description.path("frontEnd"),
                    folder.resolve(ModelFolderWriter.DESCRIPTION).toString());
            description.set("frontEnd", frontEnd);
            return new WeightExport(description, kind, root).write(file, target);
        }
    }

    private static void putCard(ObjectNode description, Path folder, Layout layout, Map<String, String> own) {
        if (description.has(ModelCard.SECTION)) {
            ModelCard.put(description, ModelCard.entries(description), own);
            return;
        }
        Optional<Provenance> run = RunOrigin.of(folder);
        ModelCard.put(description, RunOrigin.card(layout, run), own);
        run.ifPresent(origin -> description.set(ModelCard.ORIGIN, RunOrigin.node(origin)));
    }

    private static Layout layout(Path folder, JsonNode description) {
        String format = description.path("format").asText();
        return WeightKinds.all().stream()
                .map(WeightKind::layout)
                .filter(layout -> layout.describes(format))
                .findFirst()
                .orElseThrow(() -> new UserException(folder.resolve(ModelFolderWriter.DESCRIPTION) + " has format '"
                        + format + "', for which no published names are known"));
    }

    private static WeightKind kind(Set<String> tensors, Layout layout, JsonNode description, Optional<String> names) {
        if (names.isPresent()) {
            WeightKind kind = WeightKinds.named(names.get());
            if (!kind.layout().family().equals(layout.family())) {
                throw new UserException("the folder holds " + layout.title() + ", which " + kind.name()
                        + " has no names for; leave out --kind");
            }
            return kind;
        }
        String imported = description.path("origin").path("kind").asText();
        List<WeightKind> candidates = WeightKinds.all().stream()
                .filter(kind -> kind.layout().family().equals(layout.family()))
                .filter(kind -> kind.describes(tensors))
                .toList();
        return candidates.stream()
                .filter(kind -> kind.name().equals(imported))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .orElseThrow(() -> new UserException(
                        "the tensors of the folder are those of no published " + layout.title() + " network"));
    }

    private Report write(SafetensorsFile file, Path target) {
        boolean single = target.toString().endsWith(EXTENSION);
        Path absolute = target.toAbsolutePath();
        Path home = single ? absolute.getParent() : absolute;
        List<Path> files = List.of(
                single ? absolute : home.resolve(ModelFolderWriter.WEIGHTS),
                home.resolve(WeightFile.CONFIG),
                home.resolve(ModelCard.FILE));
        (single ? files : List.of(absolute)).forEach(ModelFolderWriter::checkFree);
        Path unfinished = AtomicFiles.temporaryBeside(absolute);
        List<Path> moved = new ArrayList<>();
        boolean done = false;
        try {
            AtomicFiles.createDirectories(unfinished);
            writeAll(
                    file,
                    unfinished,
                    files.stream().map(path -> path.getFileName().toString()).toList());
            if (single) {
                for (Path path : files) {
                    AtomicFiles.moveDirectory(unfinished.resolve(path.getFileName()), path);
                    moved.add(path);
                }
            } else {
                AtomicFiles.moveDirectory(unfinished, absolute);
            }
            done = true;
        } finally {
            if (!done) {
                moved.forEach(AtomicFiles::deleteTree);
            }
            AtomicFiles.deleteTree(unfinished);
        }
        return new Report(kind, files);
    }

    /** @param names of the weights, the configuration and the card */
    private void writeAll(SafetensorsFile file, Path home, List<String> names) {
        Path weights = home.resolve(names.get(0));
        SafetensorsWriter.writeDeferred(weights, Map.of("format", "pt"), tensors(file));
        AtomicFiles.writeString(home.resolve(names.get(1)), ModelFolderWriter.text(configuration()));
        Map<String, String> sums = new TreeMap<>();
        names.subList(0, 2).forEach(name -> sums.put(name, Hashes.sha256(home.resolve(name))));
        long all = 0;
        long trained = 0;
        for (String name : file.names()) {
            all += file.elements(name);
            boolean isTrained = kind.layout().find(name).orElseThrow().part().trained();
            trained += isTrained ? file.elements(name) : 0;
        }
        AtomicFiles.writeString(home.resolve(names.get(2)), ModelCard.page(description, trained, all, sums));
    }

    private List<Deferred> tensors(SafetensorsFile file) {
        List<Deferred> tensors = new ArrayList<>();
        for (String name : file.names()) {
            if (kind.layout().find(name).isEmpty()) {
                throw new UserException(file.path() + " holds '" + name + "', which is no tensor of "
                        + kind.layout().title() + "; restore the folder");
            }
            WeightKind.Place place = kind.backward(name);
            tensors.add(new Deferred(
                    root + place.name(), file.dtype(name), place.axes().shape(file.shape(name)), () -> place.axes()
                            .apply(file.bytes(name), file.shape(name), file.dtype(name))));
        }
        return tensors;
    }

    /** What readers of the published files look for, and what an import here needs to make the same folder again. */
    private ObjectNode configuration() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        kind.configuration().forEach(line -> {
            if (line.value().size() == 1) {
                configuration.set(line.key(), value(line.value().get(0)));
            } else {
                ArrayNode list = configuration.putArray(line.key());
                line.value().forEach(pointer -> list.add(value(pointer)));
            }
        });
        ObjectNode own = configuration.putObject(ConfigBeside.OWN_SECTION);
        own.put("kind", kind.name());
        List<String> sections = new ArrayList<>(List.of("format", "model", ModelCard.SECTION, "frontEnd"));
        kind.layout().facts().forEach(fact -> sections.add(fact.key()));
        sections.stream().filter(description::has).forEach(key -> own.set(key, description.get(key)));
        return configuration;
    }

    /** A value of the description after a slash, a text otherwise. */
    private JsonNode value(String pointer) {
        return pointer.startsWith("/") ? description.at(pointer) : JsonNodeFactory.instance.textNode(pointer);
    }
}
