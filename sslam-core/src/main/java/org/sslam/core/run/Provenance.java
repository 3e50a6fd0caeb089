package org.sslam.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.sslam.core.UserException;

/**
 * Where a run's numbers come from.
 *
 * @param projectVersion version of this library
 * @param configHash {@link org.sslam.core.config.Config#hash} of the run's configuration
 * @param dataHash hash of the data's content; empty if unknown
 * @param seed the run's seed
 * @param device what it computes on, for example {@code cpu}
 * @param versions of everything below, by name: Java, operating system, engine, native library
 * @param startTime when the process began the run
 */
public record Provenance(
        String projectVersion,
        String configHash,
        String dataHash,
        long seed,
        String device,
        Map<String, String> versions,
        Instant startTime) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Sorts the versions by name and keeps them from being changed. */
    public Provenance {
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }

    /** Java's and the operating system's versions, to which a caller adds those of its engine. */
    public static Map<String, String> platformVersions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }

    /** As indented JSON. */
    public String toJson() {
        return node().toPrettyString() + "\n";
    }

    /** As JSON in one line, without a line end. */
    public String toJsonLine() {
        return node().toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param source what an error message calls the text
     * @throws UserException if it is something else
     */
    public static Provenance fromJson(String source, String json) {
        try {
            JsonNode node = JSON.readTree(json);
            Map<String, String> versions = new TreeMap<>();
            node.required("versions")
                    .properties()
                    .forEach(e -> versions.put(e.getKey(), e.getValue().asText()));
            return new Provenance(
                    node.required("projectVersion").asText(),
                    node.required("configHash").asText(),
                    node.required("dataHash").asText(),
                    node.required("seed").longValue(),
                    node.required("device").asText(),
                    versions,
                    Instant.parse(node.required("startTime").asText()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new UserException(source + " is not a provenance record; restore it or choose another run folder", e);
        }
    }

    private ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("projectVersion", projectVersion);
        node.put("configHash", configHash);
        node.put("dataHash", dataHash);
        node.put("seed", seed);
        node.put("device", device);
        ObjectNode below = node.putObject("versions");
        versions.forEach(below::put);
        node.put("startTime", startTime.toString());
        return node;
    }
}
