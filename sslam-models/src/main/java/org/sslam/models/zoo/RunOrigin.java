package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sslam.core.run.Provenance;
import org.sslam.core.run.RunDirectory;

/** What the run that made an encoder says of it, for the model card of weights that nobody published yet. */
final class RunOrigin {
    private RunOrigin() {}

    /** Provenance of the run that a folder is in: {@code RUN/encoder}, {@code RUN/checkpoints/step-N}. */
    static Optional<Provenance> of(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return Stream.iterate(absolute, path -> path != null, Path::getParent)
                .skip(1)
                .limit(2)
                .filter(path -> Files.isRegularFile(path.resolve(RunDirectory.PROVENANCE)))
                .findFirst()
                .map(RunDirectory::provenance);
    }

    /** The card's entries; the licence and the figure are for the user to state. */
    static WeightKind.Card card(Layout layout, Optional<Provenance> origin) {
        return new WeightKind.Card(
                layout.title() + ", trained with this library",
                origin.map(Provenance::dataHash)
                        .filter(hash -> !hash.isEmpty())
                        .map(hash -> "clips whose content hash is " + hash)
                        .orElse(""),
                "",
                "",
                "");
    }

    /** The card's table of provenance. */
    static ObjectNode node(Provenance origin) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", origin.projectVersion());
        node.put("started", origin.startTime().toString());
        node.put("configuration", origin.configHash());
        node.put("data", origin.dataHash());
        node.put("seed", origin.seed());
        node.put("device", origin.device());
        for (String name : List.of("djl", "libtorch", "java")) {
            if (origin.versions().containsKey(name)) {
                node.put(name, origin.versions().get(name));
            }
        }
        return node;
    }
}
