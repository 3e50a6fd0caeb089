package org.sslam.audio.ontology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sslam.audio.data.Manifests;
import org.sslam.core.UserException;

/**
 * A graph of classes from general to special, in which a class may have several parents.
 *
 * <p>File: a JSON list of objects with {@code id}, {@code name} and {@code child_ids}. Source: AudioSet ontology.
 */
public final class Ontology {
    private final Map<String, List<String>> children = new LinkedHashMap<>();
    private final Map<String, List<String>> parents = new HashMap<>();
    private final Map<String, String> idByName = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    private Ontology() {}

    /**
     * Reads an ontology.
     *
     * @throws UserException if the file is missing or malformed, a child is not among the nodes, or a node is its own
     *     ancestor
     */
    public static Ontology read(Path file) {
        JsonNode root;
        try {
            root = new JsonMapper().readTree(Manifests.text(file, "ontology"));
        } catch (JsonProcessingException e) {
            throw new UserException(
                    file + ":" + e.getLocation().getLineNr() + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isArray() || root.isEmpty()) {
            throw new UserException(file + " is not an ontology: expected a JSON list of {\"id\", \"child_ids\"}");
        }
        Ontology ontology = new Ontology();
        for (JsonNode node : root) {
            String id = node.path("id").asText("");
            if (id.isEmpty() || !node.path("child_ids").isArray()) {
                throw new UserException(file + ": a node has no 'id' or no list 'child_ids'");
            }
            List<String> ids = new ArrayList<>();
            node.path("child_ids").forEach(child -> ids.add(child.asText()));
            if (ontology.children.put(id, ids) != null) {
                throw new UserException(file + ": node " + id + " is there twice");
            }
            ontology.idByName.putIfAbsent(node.path("name").asText(id), id);
        }
        ontology.link(file);
        return ontology;
    }

    private void link(Path file) {
        children.forEach((id, ids) -> {
            for (String child : ids) {
                if (!children.containsKey(child)) {
                    throw new UserException(file + ": child " + child + " of " + id + " is not among the nodes");
                }
                parents.computeIfAbsent(child, key -> new ArrayList<>()).add(id);
            }
        });
        Deque<String> open = new ArrayDeque<>();
        Map<String, Integer> parentsLeft = new HashMap<>();
        parents.forEach((id, ids) -> parentsLeft.put(id, ids.size()));
        for (String id : children.keySet()) {
            if (!parents.containsKey(id)) {
                depths.put(id, 0);
                open.add(id);
            }
        }
        int ordered = 0;
        while (!open.isEmpty()) {
            String id = open.remove();
            ordered++;
            for (String child : children.get(id)) {
                depths.merge(child, depths.get(id) + 1, Math::min);
                // A node comes after all its parents; those of a circle never do.
                if (parentsLeft.merge(child, -1, Integer::sum) == 0) {
                    open.add(child);
                }
            }
        }
        if (ordered < children.size()) {
            throw new UserException(file + ": some nodes are their own ancestors; an ontology has no circles");
        }
    }

    /** Number of nodes. */
    public int size() {
        return children.size();
    }

    /** The id of a label, which may be an id or a name. */
    public Optional<String> id(String label) {
        return children.containsKey(label) ? Optional.of(label) : Optional.ofNullable(idByName.get(label));
    }

    /** Steps from the nearest root. */
    public int depth(String id) {
        return depths.get(id);
    }

    /** Everything that 1 to {@code hops} parent steps lead to. */
    public Set<String> ancestors(String id, int hops) {
        return reached(id, hops, parents);
    }

    /** Everything that 1 to {@code hops} child steps lead to. */
    public Set<String> descendants(String id, int hops) {
        return reached(id, hops, children);
    }

    private static Set<String> reached(String id, int hops, Map<String, List<String>> steps) {
        Set<String> seen = new HashSet<>();
        List<String> edge = List.of(id);
        for (int hop = 0; hop < hops && !edge.isEmpty(); hop++) {
            List<String> next = new ArrayList<>();
            for (String node : edge) {
                for (String neighbour : steps.getOrDefault(node, List.of())) {
                    if (seen.add(neighbour)) {
                        next.add(neighbour);
                    }
                }
            }
            edge = next;
        }
        return seen;
    }
}
