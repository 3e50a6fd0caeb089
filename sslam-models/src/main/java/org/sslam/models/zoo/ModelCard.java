package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sslam.core.UserException;

/** The model card of a folder, a page of Markdown: what, data, licence, metric, provenance, sums. */
final class ModelCard {
    /** Name of the page. */
    static final String FILE = "README.md";

    /** Section of the description with the entries. */
    static final String SECTION = "card";

    /** Section of the description that says where the weights come from. */
    static final String ORIGIN = "origin";

    private static final String KIND = "kind";
    private static final List<String> ENTRIES = List.of("what", "data", "licence", "metric", "source");
    private static final String UNKNOWN = "not stated";

    private ModelCard() {}

    /**
     * What the card says of the weights themselves: the known facts, or what the user says instead.
     *
     * @param description receives the section
     * @param own entries of the user, which win
     * @throws UserException for an entry that no card has
     */
    static void put(ObjectNode description, WeightKind.Card published, Map<String, String> own) {
        Set<String> unknown = new TreeSet<>(own.keySet());
        ENTRIES.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new UserException("a model card has no entry '"
                    + unknown.iterator().next() + "'; it has " + String.join(", ", ENTRIES));
        }
        ObjectNode node = description.putObject(SECTION);
        node.put("what", own.getOrDefault("what", published.what()));
        node.put("data", own.getOrDefault("data", published.data()));
        node.put("licence", own.getOrDefault("licence", published.licence()));
        node.put("metric", own.getOrDefault("metric", published.metric()));
        node.put("source", own.getOrDefault("source", published.source()));
    }

    /** The entries of a description. */
    static WeightKind.Card entries(JsonNode description) {
        JsonNode card = description.path(SECTION);
        return new WeightKind.Card(
                card.path("what").asText(),
                card.path("data").asText(),
                card.path("licence").asText(),
                card.path("metric").asText(),
                card.path("source").asText());
    }

    /**
     * The page.
     *
     * @param description content of {@code model.json}
     * @param parameters values of the tensors that are trained
     * @param all values of all tensors
     * @param files sums of the files beside it, by name
     */
    static String page(JsonNode description, long parameters, long all, Map<String, String> files) {
        JsonNode card = description.path(SECTION);
        JsonNode origin = description.path(ORIGIN);
        StringBuilder page = new StringBuilder();
        page.append("# ").append(text(card, "what")).append("\n\n| | |\n|---|---|\n");
        row(page, "Trained on", text(card, "data"));
        row(page, "Licence", text(card, "licence"));
        row(page, "Reported", text(card, "metric"));
        row(page, "Source", text(card, "source"));
        row(page, "Parameters", String.format(Locale.ROOT, "%,d trained, %,d with position tables", parameters, all));
        if (origin.has(KIND)) {
            page.append("\nThese are facts about the published weights. That this file is theirs is not known to the"
                    + " program: compare its sum.\n");
        }
        page.append("\n## Input\n\n| | |\n|---|---|\n");
        description.path("frontEnd").properties().stream()
                .filter(e -> e.getValue().isValueNode())
                .forEach(e -> row(page, e.getKey(), e.getValue().asText()));
        page.append("\n## Provenance\n\n| | |\n|---|---|\n");
        origin.properties().forEach(e -> {
            if (e.getValue().isValueNode()) {
                row(page, e.getKey(), e.getValue().asText());
            }
        });
        page.append("\n");
        origin.path("notes")
                .forEach(note -> page.append("- ").append(note.asText()).append('\n'));
        page.append("\n## Files\n\n| file | sha256 |\n|---|---|\n");
        files.forEach((name, sum) -> row(page, name, "`" + sum + "`"));
        return page.toString();
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText("");
        return text.isEmpty() ? UNKNOWN : text;
    }

    private static void row(StringBuilder page, String key, String value) {
        page.append("| ")
                .append(key)
                .append(" | ")
                .append(value.replaceAll("\\s+", " ").replace("|", "\\|"))
                .append(" |\n");
    }
}
