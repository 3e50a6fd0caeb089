package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code config.json} beside a weight file says, as far as it is of the same network.
 *
 * <p>Any folder may hold a file of that name. Its published keys count only if at least one of the sizes in it is that of
 * the tensors and none contradicts them; the section that an export here wrote counts unless it contradicts them.
 */
final class ConfigBeside {
    /** Section that holds the description with which weights were exported. */
    static final String OWN_SECTION = "sslam";

    private static final String MODEL = "/model/";

    private final JsonNode published;
    private final JsonNode own;
    private final Optional<String> note;

    private ConfigBeside(JsonNode published, JsonNode own, Optional<String> note) {
        this.published = published;
        this.own = own;
        this.note = note;
    }

    /**
     * Compares the configuration with the tensors.
     *
     * @param config may be missing
     * @param sizes named sizes that the tensors fix
     */
    static ConfigBeside of(JsonNode config, WeightKind kind, Map<String, Long> sizes) {
        Comparison whole = new Comparison();
        Comparison section = new Comparison();
        Map<String, String> lines = new HashMap<>();
        kind.layout().model().forEach(line -> lines.put(MODEL + line.key().replace('.', '/'), line.value()));
        JsonNode ownDescription = config.path(OWN_SECTION);
        lines.forEach((pointer, value) -> {
            boolean ofEncoder = pointer.lastIndexOf('/') < MODEL.length();
            if (ofEncoder) {
                section.compare(pointer, ModelSection.size(value, sizes), ownDescription.at(pointer));
            }
        });
        for (WeightKind.ConfigLine line : kind.configuration()) {
            List<String> pointers = line.value();
            JsonNode said = config.path(line.key());
            for (int i = 0; i < pointers.size(); i++) {
                String value = lines.getOrDefault(pointers.get(i), "?");
                JsonNode one = said.isArray() ? said.path(i) : said;
                whole.compare(line.key(), ModelSection.size(value, sizes), one);
            }
        }
        Optional<String> contradiction = whole.contradiction.or(() -> section.contradiction);
        Optional<String> note = contradiction.map(said ->
                WeightFile.CONFIG + " beside the weights is of another network (" + said + ") and was passed over");
        boolean used = contradiction.isEmpty();
        return new ConfigBeside(
                used && whole.agrees ? config : MissingNode.getInstance(),
                used ? config.path(OWN_SECTION) : MissingNode.getInstance(),
                note);
    }

    /** What sizes of a configuration and of the tensors have in common. */
    private static final class Comparison {
        private boolean agrees;
        private Optional<String> contradiction = Optional.empty();

        void compare(String key, OptionalLong size, JsonNode said) {
            if (size.isEmpty() || !said.isNumber()) {
                return;
            }
            boolean same = said.asDouble() == size.getAsLong();
            agrees |= same;
            if (!same && contradiction.isEmpty()) {
                contradiction = Optional.of(key + " " + said + ", the tensors say " + size.getAsLong());
            }
        }
    }

    /** A published key, or a missing node. */
    JsonNode published(String pointer) {
        return published.at(pointer);
    }

    /** A part of the section that an export here wrote, or a missing node. */
    JsonNode own(String pointer) {
        return own.at(pointer);
    }

    /** Why the configuration was passed over, if it was. */
    Optional<String> note() {
        return note;
    }
}
