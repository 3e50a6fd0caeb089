package org.sslam.core.config;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sslam.core.UserException;

/** Refuses keys that no record has, before anything else is said about a file. */
final class UnknownKeys {
    private final Class<?> root;

    private UnknownKeys(Class<?> root) {
        this.root = root;
    }

    static void check(ConfigNode.Section tree, Class<?> root) {
        new UnknownKeys(root).check(root, tree, "");
    }

    private void check(Type type, ConfigNode node, String path) {
        Class<?> raw = Schema.raw(type);
        if (raw == Optional.class) {
            check(Schema.argument(type, 0), node, path);
        } else if (raw == List.class && node instanceof ConfigNode.Items list) {
            for (int i = 0; i < list.items().size(); i++) {
                check(Schema.argument(type, 0), list.items().get(i), path + "[" + i + "]");
            }
        } else if (raw == Map.class && node instanceof ConfigNode.Section section) {
            section.entries().forEach((key, value) -> check(Schema.argument(type, 1), value, join(path, key)));
        } else if (raw.isRecord() && node instanceof ConfigNode.Section section) {
            checkSection(raw, section, path);
        }
    }

    private void checkSection(Class<?> type, ConfigNode.Section section, String path) {
        List<Schema.Field> fields = Schema.fields(type);
        for (Map.Entry<String, ConfigNode> entry : section.entries().entrySet()) {
            String key = join(path, entry.getKey());
            Schema.Field field = fields.stream()
                    .filter(f -> f.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> unknown(key, entry.getValue()));
            check(field.type(), entry.getValue(), key);
        }
    }

    /** Names the first leaf below the key: its whole path tells best what was meant. */
    private UserException unknown(String key, ConfigNode node) {
        String path = key;
        ConfigNode leaf = node;
        while (leaf instanceof ConfigNode.Section section && !section.entries().isEmpty()) {
            Map.Entry<String, ConfigNode> first =
                    section.entries().entrySet().iterator().next();
            path = join(path, first.getKey());
            leaf = first.getValue();
        }
        List<String> known = Schema.rows(root).stream().map(Schema.Row::path).toList();
        return leaf.place().error("unknown key '" + path + "'" + Suggestions.phrase(path, known));
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
