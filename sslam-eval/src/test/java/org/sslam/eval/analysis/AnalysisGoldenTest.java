package org.sslam.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.models.vit.PatchGrid;

/** Entropy, distance, both variants of PWCCA and the overall score against recorded numbers. */
class AnalysisGoldenTest {
    /** Ends in the patch's frames and mel bins, as 4x16. */
    private static final String DISTANCE_IN_CELLS = "distance_cells_";

    private final Fixture fixture = Golden.fixture("mwmae", "analysis");
    private final JsonNode values = fixture.index().get("values");
    private final float[] weights = fixture.floats("attention");
    private final int heads = (int) fixture.shape("attention")[1];
    private final int tokens = (int) fixture.shape("attention")[2];

    private void compare(String name, double[] actual) {
        JsonNode expected = values.get(name);
        assertEquals(expected.size(), actual.length, name);
        for (int i = 0; i < actual.length; i++) {
            Near.check(fixture, name + "[" + i + "]", expected.get(i).asDouble(), actual[i]);
        }
    }

    @Test
    void entropy() {
        compare("entropy", AttentionStatistics.entropy(weights, heads, tokens));
        Near.check(fixture, "maximum", values.get("max_entropy_ln_n").asDouble(), Math.log(tokens));
    }

    @Test
    void distance() {
        PatchGrid grid = new PatchGrid(
                values.get("grid").get(0).asInt(), values.get("grid").get(1).asInt());
        compare("distance_patch_units", AttentionStatistics.distance(weights, heads, tokens, grid, 1, 1));
        String inCells = values.properties().stream()
                .map(entry -> entry.getKey())
                .filter(name -> name.startsWith(DISTANCE_IN_CELLS))
                .findFirst()
                .orElseThrow();
        String[] patch = inCells.substring(DISTANCE_IN_CELLS.length()).split("x");
        int frames = Integer.parseInt(patch[0]);
        int bins = Integer.parseInt(patch[1]);
        compare(inCells, AttentionStatistics.distance(weights, heads, tokens, grid, frames, bins));
    }

    /** A token in front takes no part: the patches' own weights and nothing else count. */
    @Test
    void classTokensAreLeftOutOfDistances() {
        float[] weightsWithCls = {0.5f, 0.25f, 0.25f, 0.2f, 0.3f, 0.5f, 0.4f, 0.6f, 0f};
        double[] distance = AttentionStatistics.distance(weightsWithCls, 1, 3, new PatchGrid(2, 1), 1, 1);
        assertEquals((0.5 + 0.6) / 2, distance[0], 1e-7);
    }

    @Test
    void pwccaByDefinition() {
        JsonNode expected = values.get("pwcca_definition");
        Pwcca.Side x = new Pwcca.Side(matrix("X"));
        Pwcca.Side y = new Pwcca.Side(matrix("Y"));
        Pwcca.Result xy = Pwcca.of(x, y, Pwcca.Variant.DEFINITION);
        compare(expected, xy);
        double yx = Pwcca.of(y, x, Pwcca.Variant.DEFINITION).value();
        Near.check(fixture, "YX", expected.get("value_YX").asDouble(), yx);
        Near.check(
                fixture,
                "turned",
                xy.value(),
                Pwcca.of(x, y, Pwcca.Variant.DEFINITION, i -> -1).value());
    }

    /** The recorded directions have the signs of another routine: they are found, and then every weight fits. */
    @Test
    void pwccaOfThePublicCode() {
        JsonNode expected = values.get("pwcca_public");
        Pwcca.Side x = new Pwcca.Side(matrix("X"));
        Pwcca.Side y = new Pwcca.Side(matrix("Y"));
        int[] signs = new int[expected.get("weights_XY").size()];
        assertTrue(signs(expected, x, y, signs, 0), "no signs of directions lead to the recorded weights");
        compare(expected, Pwcca.of(x, y, Pwcca.Variant.PUBLIC, i -> signs[i]));
    }

    @Test
    void whatIsEqualIsOne() {
        for (Pwcca.Variant variant : Pwcca.Variant.values()) {
            double self = Pwcca.of(matrix("X"), matrix("X"), variant).value();
            Near.check(fixture, "self", values.get("self_similarity").asDouble(), self);
        }
    }

    private void compare(JsonNode expected, Pwcca.Result actual) {
        Near.check(fixture, "XY", expected.get("value_XY").asDouble(), actual.value());
        for (int i = 0; i < actual.weights().length; i++) {
            Near.check(fixture, "weight " + i, expected.get("weights_XY").get(i).asDouble(), actual.weights()[i]);
            Near.check(fixture, "correlation " + i, expected.get("cca").get(i).asDouble(), actual.correlations()[i]);
        }
    }

    /** Tries signs from direction {@code from} on; a weight depends on its own direction and those before it only. */
    private boolean signs(JsonNode expected, Pwcca.Side x, Pwcca.Side y, int[] signs, int from) {
        if (from == signs.length) {
            return true;
        }
        for (int sign : new int[] {1, -1}) {
            signs[from] = sign;
            double[] weights = Pwcca.of(x, y, Pwcca.Variant.PUBLIC, i -> i <= from ? signs[i] : 1)
                    .weights();
            double first = expected.get("weights_XY").get(0).asDouble();
            double ratio = expected.get("weights_XY").get(from).asDouble() / first;
            boolean fits = Math.abs(weights[from] / weights[0] - ratio)
                    <= 2 * (fixture.tolerance("atol", 0) + fixture.tolerance("rtol", 0) * ratio) / first;
            if (fits && signs(expected, x, y, signs, from + 1)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void tooFewSamplesAreRefused() {
        double[][] few = {{1, 2}, {3, 5}};
        assertThrows(IllegalArgumentException.class, () -> Pwcca.of(few, few, Pwcca.Variant.PUBLIC));
        double[][] constant = {{1, 1, 1}};
        assertThrows(IllegalArgumentException.class, () -> Pwcca.of(constant, constant, Pwcca.Variant.PUBLIC));
    }

    private double[][] matrix(String name) {
        long[] shape = fixture.shape(name);
        float[] flat = fixture.floats(name);
        double[][] rows = new double[(int) shape[0]][(int) shape[1]];
        for (int i = 0; i < flat.length; i++) {
            rows[i / (int) shape[1]][i % (int) shape[1]] = flat[i];
        }
        return rows;
    }

    @Test
    void overallScores() {
        Fixture table = Golden.fixture("mwmae", "overall_score");
        JsonNode c = table.config();
        OverallScore printed = new OverallScore(numbers(c.get("min")), numbers(c.get("max")));
        OverallScore fitted = new OverallScore(numbers(c.get("min_fitted")), numbers(c.get("max_fitted")));
        JsonNode rows = table.index().get("values").get("rows");
        assertTrue(rows.size() > 0);
        List<double[]> all = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        List<Double> fittedDifferences = new ArrayList<>();
        for (JsonNode row : rows) {
            double[] scores = numbers(row.get("scores"));
            all.add(scores);
            Near.check(table, "recomputed", row.get("recomputed").asDouble(), printed.of(scores));
            Near.check(table, "fitted", row.get("recomputed_fitted").asDouble(), fitted.of(scores));
            differences.add(printed.of(scores) - row.get("published").asDouble());
            fittedDifferences.add(fitted.of(scores) - row.get("published").asDouble());
        }
        range(table, "difference_range", differences, 0.005);
        range(table, "difference_fitted_range", fittedDifferences, 0.0005);
        OverallScore own = OverallScore.over(all);
        for (double[] row : all) {
            assertTrue(own.of(row) >= 0 && own.of(row) <= 100);
        }
        assertThrows(IllegalArgumentException.class, () -> new OverallScore(new double[] {1}, new double[] {1}));
    }

    /** How far scores lie from the published ones, at least and at most. */
    private static void range(Fixture table, String name, List<Double> differences, double rounding) {
        double[] expected = numbers(table.index().get("values").get(name));
        assertEquals(expected[0], differences.stream().mapToDouble(d -> d).min().orElseThrow(), rounding + 1e-9, name);
        assertEquals(expected[1], differences.stream().mapToDouble(d -> d).max().orElseThrow(), rounding + 1e-9, name);
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }
}
