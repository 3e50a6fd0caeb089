package org.sslam.audio.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;

class EpochPlanTest {
    private static EpochPlan plan(int clips, int batchSize, int rank, int world) {
        return new EpochPlan(clips, LoaderOptions.training(batchSize, 7).withRank(rank, world));
    }

    @ParameterizedTest
    @CsvSource({"10,3,1,4", "12,3,1,4", "1,8,1,1", "25,2,4,4", "26,2,4,4", "5,16,2,1"})
    void anEpochVisitsEveryClipOnce(int clips, int batchSize, int world, int batches) {
        assertEquals(batches, plan(clips, batchSize, 0, world).batchesPerEpoch());
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] visits = new int[clips];
            for (int rank = 0; rank < world; rank++) {
                for (int batch = 0; batch < batches; batch++) {
                    EpochPlan.Share share = plan(clips, batchSize, rank, world).share((long) epoch * batches + batch);
                    assertEquals(epoch, share.epoch());
                    int first = batch * batchSize * world;
                    if (Math.min(clips - first, batchSize * world) >= world) {
                        Arrays.stream(share.clipIndices()).forEach(index -> visits[index]++);
                    } else if (rank < clips - first) {
                        visits[share.clipIndices()[0]]++;
                    }
                }
            }
            assertArrayEquals(IntStream.generate(() -> 1).limit(clips).toArray(), visits);
        }
    }

    /** For sizes, orders and positions drawn at random: the ranks' shares side by side are the share of one process. */
    @Test
    void theNumberOfProcessesChangesNoOrder() {
        for (int trial = 0; trial < 500; trial++) {
            SplittableRandom random = Seeds.random(11, "plans", trial);
            int clips = 4 + Draws.below(random, 60);
            int global = 4 * (1 + Draws.below(random, 5));
            LoaderOptions one = LoaderOptions.training(global, trial).withOrder(order(trial, clips, random));
            EpochPlan whole = new EpochPlan(clips, one);
            for (long position = 0; position < 3 * whole.batchesPerEpoch(); position++) {
                EpochPlan.Share expected = whole.share(position);
                if (expected.slots().length < 4) {
                    continue; // so short a batch is shared out with repetitions, see below
                }
                for (int world : new int[] {1, 2, 4}) {
                    int[] together = new int[0];
                    for (int rank = 0; rank < world; rank++) {
                        LoaderOptions part = LoaderOptions.training(global / world, trial)
                                .withOrder(one.order())
                                .withRank(rank, world);
                        EpochPlan.Share share = new EpochPlan(clips, part).share(position);
                        assertEquals(expected.epoch(), share.epoch());
                        together = IntStream.concat(IntStream.of(together), IntStream.of(share.clipIndices()))
                                .toArray();
                    }
                    assertArrayEquals(expected.clipIndices(), together, "trial " + trial + ", world " + world);
                }
            }
        }
    }

    private static EpochOrder order(long seed, int clips, SplittableRandom random) {
        return switch (Draws.below(random, 4)) {
            case 0 -> new EpochOrder.Sequential();
            case 1 -> new EpochOrder.Shuffled(seed);
            case 2 ->
                new RepeatedOrder(IntStream.range(0, 2 * clips).map(i -> i / 2).toArray(), seed);
            default ->
                new WeightedOrder(
                        IntStream.range(0, clips).mapToDouble(i -> 1 + i).toArray(), Math.max(4, clips / 2), seed);
        };
    }

    @Test
    void ranksOfAShortBatchAreEvenAndNeverEmpty() {
        int[] sizes = IntStream.range(0, 4)
                .map(rank -> plan(14, 2, rank, 4).share(1).slots().length)
                .toArray();
        assertArrayEquals(new int[] {2, 2, 1, 1}, sizes);
        int[][] wrapped = IntStream.range(0, 4)
                .mapToObj(rank -> plan(10, 2, rank, 4).share(1).slots())
                .toArray(int[][]::new);
        assertArrayEquals(new int[][] {{8}, {9}, {8}, {9}}, wrapped);
    }

    @Test
    void epochsDifferUnlessNotShuffled() {
        EpochPlan shuffled = plan(50, 50, 0, 1);
        assertNotEquals(
                Arrays.toString(shuffled.share(0).clipIndices()),
                Arrays.toString(shuffled.share(1).clipIndices()));
        EpochPlan ordered = new EpochPlan(50, LoaderOptions.evaluation(20));
        assertArrayEquals(IntStream.range(40, 50).toArray(), ordered.share(5).clipIndices());
    }
}
