package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sslam.core.UserException;
import org.sslam.core.io.SafetensorsWriter.Deferred;

/**
 * Turns a published weight file into a folder that this program loads: {@code model.json} with sizes and front-end, the
 * weights in float32, and a model card.
 *
 * <p>Everything is checked before the first byte is written. Tensors pass one by one, so memory does not grow with the
 * file.
 */
public final class WeightImport {
    private static final String HEADS = "heads";
    private static final int NAMED_AT_MOST = 10;

    private final WeightFile file;
    private final ImportOptions options;
    private final List<String> notes = new ArrayList<>();

    private WeightImport(WeightFile file, ImportOptions options) {
        this.file = file;
        this.options = options;
    }

    /**
     * What an import did.
     *
     * @param kind of the file
     * @param folder that was written
     * @param notes what was left out or changed, in lines for people
     */
    public record Report(WeightKind kind, Path folder, List<String> notes) {}

    /**
     * Imports a file.
     *
     * @param source file or folder of a published network
     * @param folder to be written; must not exist
     * @throws UserException if the file is refused, does not fit, or the folder cannot be written; nothing is left then
     */
    public static Report run(Path source, Path folder, ImportOptions options) {
        ModelFolderWriter.checkFree(folder);
        try (WeightFile file = WeightFile.open(source)) {
            return new WeightImport(file, options).run(folder);
        }
    }

    private Report run(Path folder) {
        WeightKinds.Found found = WeightKinds.find(file, options.kind());
        WeightKind kind = found.kind();
        Layout layout = kind.layout();
        boolean whole = options.keepDecoder() && layout.whole().isPresent();
        if (options.teacher() && options.keepDecoder()) {
            throw new UserException("--keep-decoder is for the network that was trained; leave out --teacher");
        }
        if (options.head().isPresent() && (options.teacher() || options.keepDecoder())) {
            throw new UserException("--classes is for the network that was fine-tuned; leave out "
                    + (options.teacher() ? "--teacher" : "--keep-decoder"));
        }
        String root = options.teacher() ? teacherRoot(found) : found.root().student();
        Assignment network = Assignment.of(file.tensors(), kind, root);
        Set<String> parts = wantedParts(network);
        Map<String, Long> sizes = checked(network, parts);
        options.head().ifPresent(head -> checkClasses(head, sizes));
        ConfigBeside beside = ConfigBeside.of(file.config(), kind, sizes);
        beside.note().ifPresent(notes::add);

        ClipShape clip = clip(network, sizes, beside);
        if (options.keepDecoder() && clip.change().isPresent()) {
            throw new UserException(
                    "--keep-decoder keeps the positions as they are; leave out --positions and --frames");
        }
        NumberOfHeads heads = NumberOfHeads.of(options.heads(), file.tensors().values(), beside, kind, sizes.get("D"));
        heads.note().ifPresent(notes::add);
        sizes.put(HEADS, heads.count());
        sizes.put("steps", (long) clip.steps());
        sizes.put("frames", (long) clip.tableFrames());
        sizes.put("stride", (long) clip.grid().time().stride());
        sizes.put("tokens", (long) clip.tokens());

        ImportedDescription made = new ImportedDescription(file, options, network, beside);
        ObjectNode description = made.of(format(layout, whole), parts, sizes, clip);
        noteDropped(network, parts);
        notes.addAll(clip.notes());

        ImportedTensors tensors = new ImportedTensors(network, parts, sizes, clip);
        tensors.narrowed().ifPresent(notes::add);
        long fileBytes = file.bytes();
        Map<String, List<Deferred>> weights = new LinkedHashMap<>();
        boolean withTeacher = options.keepDecoder() && !whole;
        weights.put(withTeacher ? ModelFolderWriter.STUDENT : ModelFolderWriter.WEIGHTS, tensors.deferred(fileBytes));
        if (withTeacher) {
            weights.put(ModelFolderWriter.TEACHER, teacher(found, clip).deferred(fileBytes));
        }
        made.putOrigin(description, notes);
        ModelFolderWriter.write(folder, description, weights, tensors.trained(), tensors.values());
        return new Report(kind, folder, List.copyOf(notes));
    }

    private String format(Layout layout, boolean whole) {
        if (options.head().isPresent()) {
            return layout.classifier().orElseThrow().format();
        }
        return whole ? layout.whole().orElseThrow() : layout.format();
    }

    private void checkClasses(ImportOptions.Head head, Map<String, Long> sizes) {
        long there = sizes.get("classes");
        if (there != head.classes().size()) {
            throw new UserException("the head in " + file.tensors().path() + " has " + there
                    + " classes, --classes names " + head.classes().size() + "; give the list it was trained with");
        }
    }

    private String teacherRoot(WeightKinds.Found found) {
        String none = file.tensors().path() + " holds no teacher, only the network that was trained; leave out "
                + (options.keepDecoder() ? "--keep-decoder" : "--teacher");
        String root = found.root().teacher().orElseThrow(() -> new UserException(none));
        if (file.tensors().names().stream().noneMatch(name -> name.startsWith(root))) {
            throw new UserException(none);
        }
        return root;
    }

    /** The encoder's parts; with those of pre-training if they are wanted, which must then be there. */
    private Set<String> wantedParts(Assignment network) {
        Set<String> parts = new TreeSet<>();
        boolean decoder = false;
        for (Layout.Part part : network.kind().layout().parts()) {
            boolean possible = network.kind().parts().contains(part.name());
            boolean wanted =
                    switch (part.use()) {
                        case ENCODER -> true;
                        case PRETRAINING -> options.keepDecoder();
                        case CLASSIFICATION -> options.head().isPresent();
                    };
            boolean there = !part.optional() || network.partsPresent().contains(part.name());
            if (possible && wanted && there) {
                parts.add(part.name());
                decoder |= part.use() == Layout.Use.PRETRAINING;
            }
        }
        if (decoder) {
            network.kind().layout().parts().stream()
                    .filter(part -> part.use() == Layout.Use.PRETRAINING)
                    .map(Layout.Part::name)
                    .filter(network.kind().parts()::contains)
                    .forEach(parts::add);
        }
        if (options.keepDecoder() && !decoder) {
            throw new UserException(file.tensors().path() + " holds no decoder; leave out --keep-decoder");
        }
        if (options.head().isPresent()
                && network.kind().layout().parts().stream()
                        .noneMatch(part -> part.use() == Layout.Use.CLASSIFICATION && parts.contains(part.name()))) {
            throw new UserException(file.tensors().path() + " holds no head; leave out --classes");
        }
        return parts;
    }

    private Map<String, Long> checked(Assignment network, Set<String> parts) {
        Map<String, Long> sizes = network.sizes();
        FitCheck.check(network, parts, sizes, options.ignoreExtra());
        if (!network.leftOver().isEmpty()) {
            int more = network.leftOver().size() - NAMED_AT_MOST;
            notes.add("left out because they have no place: "
                    + network.leftOver().stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
                    + (more > 0 ? ", and " + more + " more" : ""));
        }
        return sizes;
    }

    private ClipShape clip(Assignment network, Map<String, Long> sizes, ConfigBeside beside) {
        Layout.Positions positions = network.kind().layout().positions();
        Map<String, String> usual = network.kind().frontEnd();
        int leading =
                positions.leadingToken().filter(network.sources()::containsKey).isPresent() ? 1 : 0;
        return ClipShape.of(
                new StoredPositions(
                        network.floats(positions.tensor()),
                        leading,
                        sizes.get("D").intValue()),
                positions,
                sizes,
                new ClipShape.Wanted(
                        options.frames().isPresent() ? options.frames() : number(beside.own("/frontEnd/frames")),
                        options.melBins().isPresent() ? options.melBins() : number(beside.own("/frontEnd/melBins")),
                        number(beside.own("/model/patchStride")),
                        number(beside.own("/model/positionFrames")),
                        Integer.parseInt(usual.get("frames")),
                        Integer.parseInt(usual.get("melBins")),
                        options.positions()));
    }

    private static OptionalInt number(JsonNode node) {
        return node.isInt() && node.asInt() > 0 ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    private void noteDropped(Assignment network, Set<String> parts) {
        network.dropped().forEach((reason, count) -> notes.add("left out " + count + " tensors: " + reason));
        network.partsPresent().stream()
                .filter(part -> !parts.contains(part))
                .forEach(part -> notes.add(
                        String.format(Locale.ROOT, "left out the %s (%,d values)", part, network.elements(part))));
    }

    /** The teacher that pre-training goes on with: the encoder's parts. */
    private ImportedTensors teacher(WeightKinds.Found found, ClipShape clip) {
        Assignment teacher = Assignment.of(file.tensors(), found.kind(), teacherRoot(found));
        Set<String> parts = new TreeSet<>();
        teacher.kind().layout().parts().stream()
                .filter(part -> part.use() == Layout.Use.ENCODER)
                .forEach(part -> parts.add(part.name()));
        Map<String, Long> sizes = teacher.sizes();
        FitCheck.check(teacher, parts, sizes, options.ignoreExtra());
        return new ImportedTensors(teacher, parts, sizes, clip);
    }
}
