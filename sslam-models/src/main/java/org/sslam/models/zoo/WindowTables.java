package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sslam.models.mwmae.Windows;

/**
 * The windows of attention heads, as the heads' bias tables tell them: a table of 2w - 1 rows belongs to a window of w
 * tokens, a head without one sees all tokens.
 *
 * <p>Heads after the last table leave no trace. A list that is known and agrees with the tables is kept; windows of the
 * paper's rule need no list; otherwise as many heads are added as the network is known to have, or two, as in the paper.
 *
 * @param windows by the number of the head
 * @param heads name of the size that says how many heads there are, if one does
 */
record WindowTables(TreeMap<Integer, Integer> windows, Optional<String> heads) {
    private static final String TABLE = ".relative_position_bias_table";
    private static final int GLOBAL_HEADS = 2;

    /**
     * The tables of one attention module.
     *
     * @param text what stands before the number of the head; after a blank the size that says how many there are
     * @return nothing if it has none
     */
    static Optional<WindowTables> of(String text, Map<String, long[]> shapes) {
        String[] parts = text.split(" ");
        NameTemplate name = NameTemplate.of(parts[0] + ".{head}" + TABLE);
        TreeMap<Integer, Integer> windows = new TreeMap<>();
        shapes.forEach((tensor, shape) -> name.match(tensor)
                .ifPresent(values ->
                        windows.put(Integer.valueOf(values.get("head")), Math.toIntExact((shape[0] + 1) / 2))));
        Optional<String> heads = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
        return windows.isEmpty() ? Optional.empty() : Optional.of(new WindowTables(windows, heads));
    }

    /**
     * The list as a description has it.
     *
     * @param known the list beside the weights; may be missing
     * @param sizes named sizes, of which {@code tokens} is the number of patches
     */
    JsonNode list(JsonNode known, Map<String, Long> sizes) {
        if (agrees(known)) {
            return known;
        }
        List<Integer> list = new ArrayList<>();
        for (int head = 0; head <= windows.lastKey(); head++) {
            list.add(windows.getOrDefault(head, Windows.GLOBAL));
        }
        Optional<Long> count = heads.map(sizes::get);
        long all = count.orElse((long) list.size() + GLOBAL_HEADS);
        while (list.size() < all) {
            list.add(Windows.GLOBAL);
        }
        Long tokens = sizes.get("tokens");
        boolean byRule = heads.isEmpty() && tokens != null && list.equals(Windows.byRule(Math.toIntExact(tokens)));
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        (byRule ? List.<Integer>of() : list).forEach(node::add);
        return node;
    }

    private boolean agrees(JsonNode known) {
        boolean agrees = known.isArray() && known.size() > windows.lastKey();
        for (int head = 0; agrees && head < known.size(); head++) {
            Integer window = windows.get(head);
            agrees = window == null || known.get(head).asInt() == window;
        }
        return agrees;
    }
}
