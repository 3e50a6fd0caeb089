package org.sslam.audio.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.TestFrontEnds;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.pack.PackedSounds;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

/** What a run sees of a packed set: a function of seed and epoch, whatever ranks, threads and stops there are. */
class ShardLoadingTest {
    private static final int CLIPS = 2500;
    private static final int CHECKED_BATCHES = 5;

    @TempDir
    static Path folder;

    private static Path shards;
    private static ClipSource source;
    private final FrontEnd frontEnd = TestFrontEnds.small();

    @BeforeAll
    static void pack() throws IOException {
        shards = PackedSounds.tiny(folder, CLIPS);
        source = ClipSources.open(DataConfig.at(shards));
    }

    private LoaderOptions options(ClipSource clips, int batch) {
        return LoaderOptions.training(batch, 7)
                .withThreads(2, 2)
                .withQuarantineLimit(0.1)
                .withOrder(BlockOrder.shuffled(clips, 7));
    }

    private List<Batch> take(ClipSource clips, LoaderOptions options, int count) {
        try (ClipLoader loader = ClipLoader.open(clips, frontEnd, options)) {
            return IntStream.range(0, count).mapToObj(i -> loader.next()).toList();
        }
    }

    /** The order of whole epochs, of every way to divide each global batch. */
    @Test
    void theOrderIsTheSameForAnyNumberOfRanks() {
        for (int batch : new int[] {4, 8, 60}) {
            EpochPlan one = new EpochPlan(source.size(), options(source, batch));
            for (int world : new int[] {2, 4}) {
                List<EpochPlan> ranks = IntStream.range(0, world)
                        .mapToObj(rank -> new EpochPlan(
                                source.size(), options(source, batch / world).withRank(rank, world)))
                        .toList();
                for (long position = 0; position < 2 * one.batchesPerEpoch(); position++) {
                    long at = position;
                    assertArrayEquals(
                            one.share(at).clipIndices(),
                            ranks.stream()
                                    .flatMapToInt(
                                            plan -> IntStream.of(plan.share(at).clipIndices()))
                                    .toArray());
                }
            }
        }
    }

    @Test
    void everyEpochVisitsEveryClipOnceInItsOwnOrder() {
        EpochOrder order = BlockOrder.shuffled(source, 7);
        int[] first = order.of(source.size(), 0);
        assertArrayEquals(
                IntStream.range(0, CLIPS).toArray(),
                IntStream.of(first).sorted().toArray());
        assertArrayEquals(first, BlockOrder.shuffled(source, 7).of(source.size(), 0));
        assertFalse(Arrays.equals(first, order.of(source.size(), 1)));
        assertFalse(Arrays.equals(first, BlockOrder.shuffled(source, 8).of(source.size(), 0)));
    }

    /** The promise of {@link BlockOrder}: few runs of the disk within a window. */
    @Test
    void aWindowReadsFewLongRuns() {
        int[] order = BlockOrder.shuffled(source, 3).of(source.size(), 5);
        for (int start = 0; start < CLIPS; start += BlockOrder.WINDOW) {
            int[] window = IntStream.range(start, Math.min(CLIPS, start + BlockOrder.WINDOW))
                    .map(i -> order[i])
                    .sorted()
                    .toArray();
            int runs = 1;
            for (int i = 1; i < window.length; i++) {
                runs += window[i] == window[i - 1] + 1 ? 0 : 1;
            }
            assertTrue(runs <= 17 + 4, runs + " runs");
            Set<Integer> neighbours = new HashSet<>();
            for (int i = start; i < start + window.length - 1; i++) {
                if (order[i + 1] == order[i] + 1) {
                    neighbours.add(i);
                }
            }
            assertTrue(neighbours.size() < window.length / 50, "the window is shuffled");
        }
    }

    @Test
    void resumingInTheMiddleOfAnEpochGivesTheSameBatches() {
        LoaderOptions options = options(source, 8);
        List<Batch> expected = take(source, options, 12);
        for (int start : new int[] {1, 5, 9}) {
            List<Batch> resumed = take(source, options.withStartPosition(start), 3);
            for (int i = 0; i < resumed.size(); i++) {
                assertSame(expected.get(start + i), resumed.get(i));
            }
        }
        long middle = new EpochPlan(source.size(), options).batchesPerEpoch() + 17;
        assertSame(
                take(source, options.withStartPosition(middle), 2).get(1),
                take(source, options.withStartPosition(middle + 1), 1).get(0));
    }

    @Test
    void ranksStayAlignedWhenMembersAreDamaged() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("damaged"));
        try (var files = Files.list(shards)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        ClipSource damaged = ClipSources.open(DataConfig.at(copy));
        EpochPlan plan = new EpochPlan(damaged.size(), options(damaged, 8));
        Set<Path> victims = new HashSet<>();
        for (int batch = 0; batch < CHECKED_BATCHES; batch += 2) {
            Path path = damaged.clip(plan.share(batch).clipIndices()[batch]).path();
            victims.add(path);
            PackedSounds.damage(path, 512 + 100);
        }
        List<Batch> whole;
        try (ClipLoader loader = ClipLoader.open(damaged, frontEnd, options(damaged, 8))) {
            whole = IntStream.range(0, CHECKED_BATCHES)
                    .mapToObj(i -> loader.next())
                    .toList();
            Set<Path> named = new HashSet<>();
            loader.stats().quarantined().forEach(broken -> {
                assertTrue(broken.reason().contains("the shard is damaged"), broken.toString());
                named.add(broken.path());
            });
            assertTrue(named.containsAll(victims), named + " of " + victims);
        }
        List<List<Batch>> ranks = new ArrayList<>();
        for (int rank = 0; rank < 2; rank++) {
            ranks.add(take(damaged, options(damaged, 4).withRank(rank, 2), CHECKED_BATCHES));
        }
        for (int i = 0; i < CHECKED_BATCHES; i++) {
            List<String> ids = new ArrayList<>(ranks.get(0).get(i).ids());
            ids.addAll(ranks.get(1).get(i).ids());
            assertEquals(whole.get(i).ids(), ids);
        }
    }

    @Test
    void storedLogMelsAreRefusedWhereThereAreNone() {
        DataConfig stored =
                Config.parse("test", "{path: '" + shards + "', logMel: stored}").bind(DataConfig.class);
        String message = assertThrows(UserException.class, () -> ClipSources.open(stored))
                .getMessage();
        assertTrue(message.contains("hold no log-mels"), message);
    }

    private static void assertSame(Batch expected, Batch actual) {
        assertEquals(expected.position(), actual.position());
        assertEquals(expected.ids(), actual.ids());
        assertArrayEquals(expected.melBTF(), actual.melBTF());
    }
}
