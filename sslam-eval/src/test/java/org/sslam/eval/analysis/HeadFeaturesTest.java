package org.sslam.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.HeadView;
import org.sslam.models.vit.PatchGrid;

/** What is taken of heads and how it is averaged, on made-up views whose every number says where it comes from. */
class HeadFeaturesTest {
    private static final int HEADS = 2;
    private static final int WIDTH = 2;
    private static final PatchGrid GRID = new PatchGrid(3, 2);
    private static final int TOKENS = GRID.tokens() + 1;

    @BeforeAll
    static void start() {
        Torch.start();
    }

    private static Batch batch(int... clips) {
        List<String> ids = Arrays.stream(clips).mapToObj(Integer::toString).toList();
        return new Batch(0, 0, clips.length, 1, 1, new float[clips.length], clips, ids, List.of());
    }

    /** Outputs are 100 clip + token, on the second number and the second head with another sign each. */
    private static void feed(HeadPass.Listener listener, int block, int... clips) {
        float[] outputs = new float[clips.length * HEADS * TOKENS * WIDTH];
        for (int i = 0; i < outputs.length; i++) {
            int clip = clips[i / WIDTH / TOKENS / HEADS];
            int sign = (i % WIDTH == 0 ? 1 : -1) * (i / WIDTH / TOKENS % HEADS == 0 ? 1 : -1);
            outputs[i] = sign * (100 * clip + i / WIDTH % TOKENS);
        }
        float[] weights = new float[clips.length * HEADS * TOKENS * TOKENS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = clips[i / TOKENS / TOKENS / HEADS];
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            listener.block(
                    block,
                    new HeadView(
                            Tensors.of(manager, weights, new Shape(clips.length, HEADS, TOKENS, TOKENS)),
                            Tensors.of(manager, outputs, new Shape(clips.length, HEADS, TOKENS, WIDTH))),
                    batch(clips));
        }
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void everyTokenOnceWhereAllAreTaken() {
        HeadFeatures all = new HeadFeatures(1, TOKENS, GRID);
        feed(all, 0, 1, 2);
        feed(all, 0, 5);
        double[] expected = IntStream.of(1, 2, 5)
                .flatMap(clip -> IntStream.range(0, TOKENS).map(token -> 100 * clip + token))
                .asDoubleStream()
                .toArray();
        assertArrayEquals(expected, sorted(all.features(0, 0)[0]));
        HeadFeatures more = new HeadFeatures(1, 10 * TOKENS, GRID);
        feed(more, 0, 1, 2);
        assertEquals(2 * TOKENS, more.features(0, 0)[0].length, "there are no more than all");
        assertEquals(new HeadFeatures.Layout(HEADS, WIDTH, GRID, 1), more.layout(0));
    }

    @Test
    void someTokensWithoutRepeatsTheSameForAllHeadsAndBatches() {
        HeadFeatures some = new HeadFeatures(1, 4, GRID);
        feed(some, 0, 1, 2);
        feed(some, 1, 1, 2);
        double[] taken = some.features(0, 0)[0];
        assertEquals(2 * 4, taken.length);
        assertEquals(2 * 4, Arrays.stream(taken).distinct().count(), Arrays.toString(taken));
        assertArrayEquals(taken, some.features(1, 0)[0]);
        for (int i = 0; i < taken.length; i++) {
            assertEquals(-taken[i], some.features(0, 1)[0][i]);
            assertEquals(-taken[i], some.features(0, 0)[1][i]);
        }
        HeadFeatures oneByOne = new HeadFeatures(1, 4, GRID);
        feed(oneByOne, 0, 1);
        feed(oneByOne, 0, 2);
        assertArrayEquals(taken, oneByOne.features(0, 0)[0], "batches do not matter");
        HeadFeatures other = new HeadFeatures(2, 4, GRID);
        feed(other, 0, 1, 2);
        assertTrue(!Arrays.equals(taken, other.features(0, 0)[0]), "the seed does");
        assertThrows(IllegalArgumentException.class, () -> new HeadFeatures(1, 0, GRID));
    }

    @Test
    void meansAreOverClipsNotOverBatches() {
        HeadMeans means = new HeadMeans((weights, heads, tokens) -> {
            double sum = 0;
            for (float weight : weights) {
                sum += weight;
            }
            return new double[] {sum / weights.length, tokens};
        });
        feed(means, 0, 1, 2, 3);
        feed(means, 0, 10);
        HeadFigures figures = means.of("a network");
        assertEquals(1, figures.values().size());
        assertArrayEquals(new double[] {4, TOKENS}, figures.values().get(0), 1e-6);
        assertEquals(List.of("a network", 1, 2, "7.000000"), figures.rows().get(1));
    }

    @Test
    void attentionAmongPatchesSumsToOneAgain() {
        float[] weights = {0.5f, 0.25f, 0.25f, 0.2f, 0.2f, 0.6f, 1, 0, 0};
        float[] among = AttentionStatistics.amongPatches(weights, 3, 1);
        assertArrayEquals(new float[] {0.25f, 0.75f, 0, 0}, among, 1e-7f);
        double entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
        assertEquals(entropy / 2, AttentionStatistics.entropy(among, 1, 2)[0], 1e-7);
    }
}
