package org.sslam.eval.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One number for every head of every block, averaged over clips.
 *
 * @param network what was looked into
 * @param values by block and head
 */
public record HeadFigures(String network, List<double[]> values) {
    /** Columns of a table. */
    public static final List<String> HEADER = List.of("network", "block", "head", "value");

    /** Rows of a table, blocks and heads counted from 1. */
    public List<List<Object>> rows() {
        List<List<Object>> rows = new ArrayList<>();
        for (int block = 0; block < values.size(); block++) {
            for (int head = 0; head < values.get(block).length; head++) {
                String value = String.format(Locale.ROOT, "%.6f", values.get(block)[head]);
                rows.add(List.of(network, block + 1, head + 1, value));
            }
        }
        return rows;
    }
}
