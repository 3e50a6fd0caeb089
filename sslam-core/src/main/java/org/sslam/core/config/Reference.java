package org.sslam.core.config;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the table of all keys that a record accepts. */
final class Reference {
    private static final List<String> HEADINGS = List.of("key", "type", "default", "meaning");

    private Reference() {}

    static String table(Class<?> type) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        for (Schema.Row row : Schema.rows(type)) {
            Schema.Field field = row.field();
            if (!Schema.raw(field.type()).isRecord()) {
                lines.add(List.of(row.path(), typeName(field.type()), fallback(field), field.doc()));
            }
        }
        return aligned(lines);
    }

    private static String typeName(Type type) {
        Class<?> raw = Schema.raw(type);
        if (raw == List.class) {
            return "list of " + typeName(Schema.argument(type, 0));
        }
        if (raw == Map.class) {
            return "map to " + typeName(Schema.argument(type, 1));
        }
        if (raw == Optional.class) {
            return typeName(Schema.argument(type, 0));
        }
        if (raw.isRecord()) {
            return "section";
        }
        return Scalars.name(raw).replaceFirst("^an? ", "").replaceFirst("^one of ", "");
    }

    private static String fallback(Schema.Field field) {
        if (field.fallback().isPresent()) {
            String text = field.fallback().get();
            return text.isEmpty() ? "''" : text;
        }
        return Schema.isOptional(Schema.raw(field.type())) ? "none" : "required";
    }

    private static String aligned(List<List<String>> lines) {
        int[] widths = new int[HEADINGS.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], escaped(line.get(i)).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (int n = 0; n < lines.size(); n++) {
            appendLine(table, lines.get(n), widths);
            if (n == 0) {
                for (int width : widths) {
                    table.append("|").append("-".repeat(width + 2));
                }
                table.append("|\n");
            }
        }
        return table.toString();
    }

    private static void appendLine(StringBuilder table, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = escaped(cells.get(i));
            table.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        table.append("|\n");
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|");
    }
}
