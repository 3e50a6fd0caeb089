package org.sslam.eval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.ops.Precision;
import org.sslam.train.audiomae.AudioMaeRunConfig;
import org.sslam.train.sslam.SslamRunConfig;

class BenchTest {
    private static BenchOptions tiny(String device, boolean breakdown) {
        return new BenchOptions(
                BenchOptions.Size.TINY, 2, 1, 256, 1, 1, 1, device, Precision.FP32, breakdown, OptionalDouble.of(0.1));
    }

    /** Every update's parts are named, and those of one level add up to the one above, rounding aside. */
    @ParameterizedTest
    @EnumSource(
            value = Bench.Job.class,
            names = {"EMBED", "STAGE1", "STAGE2", "MWMAE", "AUDIOMAE"})
    @SuppressWarnings("unchecked")
    void theBreakdownCoversTheStep(Bench.Job job) {
        Bench.Result result = Bench.run(job, tiny("cpu", true));
        Map<String, Double> parts = (Map<String, Double>) result.fields().get("parts_ms");
        double top = parts.entrySet().stream()
                .filter(part -> !part.getKey().contains("/"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        double step = (Double) result.fields().get("median_ms");
        assertTrue(top >= step - 0.1 && top <= 1.2 * step + 5, top + " of " + step);
        Set<String> expected = job == Bench.Job.EMBED
                ? Set.of("attention", "mlp", "norm", "rest")
                : Set.of("data", "decoder", "losses", "backward", "optimiser", "rest");
        assertTrue(parts.keySet().containsAll(expected), parts.keySet().toString());
        assertFalse(parts.get("rest") > 0.5 * step, parts.toString());
        assertEquals(parts.size() + 2, result.table().size());
    }

    @Test
    void whatTheDeviceDidIsToldAgainstItsPeak() {
        Map<String, Object> fields =
                Bench.run(Bench.Job.EMBED, tiny("cpu", false)).fields();
        double rate = (Double) fields.get("tflop_per_s");
        assertEquals(rate / 0.1, (Double) fields.get("mfu"), 0.01);
        assertTrue((Double) fields.get("cpu_ms") > 0);
        assertFalse(fields.containsKey("parts_ms"));
    }

    @Test
    void growthVariesOneThingAtATime() {
        List<Growth.Point> points = Growth.points(tiny("cpu", true));
        assertEquals(4 + 4 + 4 + 3, points.size());
        assertEquals(List.of(256, 512, 768, 1024), frames(points.subList(0, 4)));
        for (Growth.Point point : points.subList(4, points.size())) {
            assertEquals(256, point.options().frames());
            assertFalse(point.options().breakdown());
        }
        assertTrue(points.get(7).options().words().containsAll(List.of("--clones", "8", "--batch", "2")));
    }

    @Test
    void dataJobsReadAsTheShippedRecipesDo() {
        Path configs = Path.of("..", "configs");
        assertEquals(
                ShardJob.FRONT_END,
                Config.load(configs.resolve("sslam/stage1.yaml"), List.of("data.path=x", "output=y"))
                        .bind(SslamRunConfig.class)
                        .frontEnd());
        assertTrue(Config.load(configs.resolve("audiomae/pretrain.yaml"), List.of("data.path=x", "output=y"))
                .bind(AudioMaeRunConfig.class)
                .frontEnd()
                .rollAndMagnitude());
    }

    private static List<Integer> frames(List<Growth.Point> points) {
        return points.stream().map(point -> point.options().frames()).toList();
    }

    @Test
    void aMissingGpuIsRefused() {
        UserException e = assertThrows(UserException.class, () -> Bench.run(Bench.Job.STAGE1, tiny("gpu7", false)));
        assertTrue(e.getMessage().contains("gpu7"), e.getMessage());
    }
}
