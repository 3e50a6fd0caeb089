package org.sslam.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @Disabled("the variant XY differs from the fixture by 1.5 %: open")
    @ParameterizedTest
    @EnumSource(Pwcca.Variant.class)
    void pwcca(Pwcca.Variant variant) {
        double[][] x = matrix("X");
        double[][] y = matrix("Y");
        JsonNode expected = values.get("pwcca_" + variant.name().toLowerCase(java.util.Locale.ROOT));
        Pwcca.Result xy = Pwcca.of(x, y, variant);
        Near.check(fixture, "XY", expected.get("value_XY").asDouble(), xy.value());
        Near.check(
                fixture,
                "YX",
                expected.get("value_YX").asDouble(),
                Pwcca.of(y, x, variant).value());
        for (int i = 0; i < xy.weights().length; i++) {
            Near.check(fixture, "weight " + i, expected.get("weights_XY").get(i).asDouble(), xy.weights()[i]);
            Near.check(fixture, "correlation " + i, expected.get("cca").get(i).asDouble(), xy.correlations()[i]);
        }
        Near.check(
                fixture,
                "self",
                values.get("self_similarity").asDouble(),
                Pwcca.of(x, x, variant).value());
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
        assertEquals(
                expected[0], differences.stream().mapToDouble(d -> d).min().orElseThrow(), rounding + 1e-9, name);
        assertEquals(
                expected[1], differences.stream().mapToDouble(d -> d).max().orElseThrow(), rounding + 1e-9, name);
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }
}
