package org.sslam.models.vit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Near;

/** Rows of a table that a fixture recorded: all of them, the first ones, or some whose numbers it says. */
public final class TableRows {
    private static final Pattern LIST = Pattern.compile("rows (\\d+(?:, ?\\d+)*)");

    private TableRows() {}

    /**
     * Compares recorded rows with those of a whole table.
     *
     * @param tensor whose name ends in {@code _rows} if it holds chosen rows; it holds the first ones otherwise
     * @param table whole, row-major
     * @param listed numbers of the rows; where missing, the tensor's doc may list them, else they are looked for
     */
    public static void check(Fixture fixture, String tensor, float[] table, JsonNode listed) {
        int dim = (int) fixture.shape(tensor)[1];
        float[] recorded = fixture.floats(tensor);
        if (!tensor.endsWith("_rows")) {
            assertTrue(recorded.length <= table.length, tensor + " has more rows than the table");
            Near.check(fixture, tensor, Arrays.copyOf(table, recorded.length));
            return;
        }
        List<Integer> numbers = numbers(listed, fixture.doc(tensor));
        if (numbers.isEmpty()) {
            numbers = found(recorded, table, dim);
        }
        float[] rows = new float[numbers.size() * dim];
        for (int i = 0; i < numbers.size(); i++) {
            System.arraycopy(table, numbers.get(i) * dim, rows, i * dim, dim);
        }
        Near.check(fixture, tensor, rows);
    }

    private static List<Integer> numbers(JsonNode listed, String doc) {
        List<Integer> numbers = new ArrayList<>();
        listed.forEach(number -> numbers.add(number.asInt()));
        Matcher list = LIST.matcher(doc);
        if (numbers.isEmpty() && list.find()) {
            for (String number : list.group(1).split(", ?")) {
                numbers.add(Integer.parseInt(number));
            }
        }
        return numbers;
    }

    /** The nearest row of the table for each recorded one; recorded rows stand in the table's order. */
    private static List<Integer> found(float[] recorded, float[] table, int dim) {
        List<Integer> numbers = new ArrayList<>();
        for (int row = 0; row < recorded.length / dim; row++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int candidate = 0; candidate < table.length / dim; candidate++) {
                double distance = 0;
                for (int d = 0; d < dim; d++) {
                    double difference = recorded[row * dim + d] - table[candidate * dim + d];
                    distance += difference * difference;
                }
                nearest = distance < least ? candidate : nearest;
                least = Math.min(least, distance);
            }
            assertTrue(row == 0 || nearest > numbers.get(row - 1), "rows out of order: " + numbers + ", " + nearest);
            numbers.add(nearest);
        }
        return numbers;
    }
}
