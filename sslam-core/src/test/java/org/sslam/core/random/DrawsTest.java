package org.sslam.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawsTest {
    private static final int DRAWS = 200_000;

    private record Moments(double mean, double variance) {}

    private static Moments moments(ToDoubleFunction<SplittableRandom> draw) {
        SplittableRandom random = Seeds.random(5, "moments");
        double[] x = IntStream.range(0, DRAWS)
                .mapToDouble(i -> draw.applyAsDouble(random))
                .toArray();
        double mean = Arrays.stream(x).sum() / DRAWS;
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / DRAWS;
        return new Moments(mean, variance);
    }

    @Test
    void gaussianIsStandardNormal() {
        Moments found = moments(Draws::gaussian);
        assertEquals(0, found.mean(), 0.01);
        assertEquals(1, found.variance(), 0.02);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1", "1, 1", "2.5, 3"})
    void gammaHasItsMoments(double shape, double scale) {
        Moments found = moments(random -> Draws.gamma(random, shape, scale));
        assertEquals(shape * scale, found.mean(), 0.02 * shape * scale);
        assertEquals(shape * scale * scale, found.variance(), 0.05 * shape * scale * scale);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 0.8", "2, 5", "15, 15"})
    void betaHasItsMoments(double a, double b) {
        Moments found = moments(random -> Draws.beta(random, a, b));
        assertEquals(a / (a + b), found.mean(), 0.005);
        assertEquals(a * b / ((a + b) * (a + b) * (a + b + 1)), found.variance(), 0.003);
    }

    @Test
    void betaOfTinyParametersIsACoin() {
        Moments found = moments(random -> Draws.beta(random, 1e-9, 3e-9));
        assertEquals(0.25, found.mean(), 0.01);
    }

    @Test
    void permutationHoldsEveryIndexAndIsUniform() {
        int[] counts = new int[6];
        SplittableRandom random = Seeds.random(1, "permutation");
        for (int n = 0; n < 60_000; n++) {
            int[] order = Draws.permutation(random, 3);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 400);
        }
        int[] sorted = Draws.permutation(random, 1000);
        Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, 1000).toArray(), sorted);
        assertEquals(0, Draws.permutation(random, 0).length);
    }

    @Test
    void refusesImpossibleParameters() {
        SplittableRandom random = new SplittableRandom(1);
        String message = assertThrows(IllegalArgumentException.class, () -> Draws.gamma(random, 0, 1))
                .getMessage();
        assertTrue(message.contains("shape must be a positive number, found 0.0"), message);
        assertThrows(IllegalArgumentException.class, () -> Draws.beta(random, 1, Double.NaN));
    }
}
