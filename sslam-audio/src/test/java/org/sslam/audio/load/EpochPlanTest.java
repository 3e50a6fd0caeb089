package org.sslam.audio.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
