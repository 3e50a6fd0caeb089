package org.sslam.audio.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.TestFrontEnds;
import org.sslam.audio.data.TestSounds;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

class ClipLoaderTest {
    private static final int SAMPLES = 6000;
    private final FrontEnd frontEnd = TestFrontEnds.small();

    @TempDir
    Path folder;

    @AfterEach
    void noWorkerIsLeft() {
        Set<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("clip-loader"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), left);
    }

    private List<Batch> take(ClipSource source, LoaderOptions options, int count) {
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, TestSounds.decoder(), options)) {
            return IntStream.range(0, count).mapToObj(i -> loader.next()).toList();
        }
    }

    private static void assertSame(Batch expected, Batch actual) {
        assertEquals(expected.position(), actual.position());
        assertEquals(expected.epoch(), actual.epoch());
        assertEquals(expected.ids(), actual.ids());
        assertArrayEquals(expected.clipIndices(), actual.clipIndices());
        assertArrayEquals(expected.melBTF(), actual.melBTF());
    }

    @Test
    void threadsPrefetchAndCacheChangeNothing() throws IOException {
        ClipSource source = TestSounds.source(folder, 22, SAMPLES, Set.of(4, 5, 21));
        LoaderOptions options = LoaderOptions.training(4, 11).withQuarantineLimit(0.2);
        List<Batch> expected = take(source, options.withThreads(1, 1), 13);
        for (int threads : new int[] {2, 4}) {
            List<Batch> actual = take(source, options.withThreads(threads, 3).withCacheMegabytes(threads - 2), 13);
            for (int i = 0; i < expected.size(); i++) {
                assertSame(expected.get(i), actual.get(i));
            }
        }
        assertEquals(
                List.of(4, 4, 4, 4, 4, 2),
                expected.subList(0, 6).stream().map(Batch::size).toList());
        assertNotEquals(expected.get(0).ids(), expected.get(6).ids());
        assertEquals(2, expected.get(12).epoch());
    }

    @Test
    void ranksTogetherMakeTheGlobalBatch() throws IOException {
        ClipSource source = TestSounds.source(folder, 22, SAMPLES, Set.of(3));
        List<Batch> whole = take(source, LoaderOptions.training(8, 5).withThreads(2, 2), 6);
        for (int world : new int[] {2, 4}) {
            List<List<Batch>> ranks = new ArrayList<>();
            for (int rank = 0; rank < world; rank++) {
                ranks.add(take(
                        source,
                        LoaderOptions.training(8 / world, 5)
                                .withRank(rank, world)
                                .withThreads(2, 2),
                        6));
            }
            for (int i = 0; i < whole.size(); i++) {
                int position = i;
                assertEquals(
                        whole.get(i).ids(),
                        ranks.stream()
                                .flatMap(rank -> rank.get(position).ids().stream())
                                .toList());
                float[] joined = new float[whole.get(i).melBTF().length];
                int at = 0;
                for (List<Batch> rank : ranks) {
                    float[] part = rank.get(i).melBTF();
                    System.arraycopy(part, 0, joined, at, part.length);
                    at += part.length;
                }
                assertArrayEquals(whole.get(i).melBTF(), joined);
            }
        }
    }

    @Test
    void resumingAnywhereGivesTheSameBatches() throws IOException {
        ClipSource source = TestSounds.source(folder, 11, SAMPLES, Set.of(2));
        LoaderOptions options = LoaderOptions.training(3, 99).withThreads(2, 2);
        List<Batch> expected = take(source, options, 12);
        for (int start : new int[] {1, 3, 4, 9}) {
            List<Batch> resumed = take(source, options.withStartPosition(start), 3);
            for (int i = 0; i < resumed.size(); i++) {
                assertSame(expected.get(start + i), resumed.get(i));
            }
        }
        long far = 1_000_000_000_007L;
        assertEquals(far, take(source, options.withStartPosition(far), 1).get(0).position());
    }

    @Test
    void trainingAugmentsAndEvaluationDoesNot() throws IOException {
        ClipSource source = TestSounds.source(folder, 5, SAMPLES, Set.of());
        List<Batch> plain = take(source, LoaderOptions.evaluation(5), 2);
        assertArrayEquals(plain.get(0).melBTF(), plain.get(1).melBTF());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, plain.get(1).clipIndices());
        List<Batch> train = take(source, LoaderOptions.evaluation(5).withTrain(true), 2);
        assertFalse(Arrays.equals(train.get(0).melBTF(), train.get(1).melBTF()));
    }

    @Test
    void aBatchIsNeverLargerThanTheSource() throws IOException {
        ClipSource source = TestSounds.source(folder, 3, SAMPLES, Set.of());
        Batch batch = take(source, LoaderOptions.training(64, 1), 1).get(0);
        assertEquals(3, batch.size());
        assertEquals(3 * frontEnd.config().frames() * frontEnd.config().melBins(), batch.melBTF().length);
        assertEquals(List.of(), batch.waveforms());
    }

    @Test
    void waveformsComeAlongOnDemandAndMayBeChanged() throws IOException {
        ClipSource source = TestSounds.source(folder, 4, SAMPLES, Set.of());
        LoaderOptions options = LoaderOptions.evaluation(4)
                .withKeepWaveforms(true)
                .withCacheMegabytes(10)
                .withThreads(2, 1);
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, TestSounds.decoder(), options)) {
            Batch first = loader.next();
            assertEquals(4, first.waveforms().size());
            assertEquals(SAMPLES, first.waveforms().get(2).length);
            float kept = first.waveforms().get(2)[17];
            first.waveforms().forEach(wave -> Arrays.fill(wave, 9f));
            loader.next();
            assertEquals(kept, loader.next().waveforms().get(2)[17]);
            assertEquals(4, loader.stats().cachedClips());
            assertEquals(12, loader.stats().clipsDelivered());
            assertTrue(loader.stats().waitNanos() > 0);
        }
    }

    @Test
    void cachedClipsAreDecodedOnceAndTheCacheIsBounded() throws IOException {
        ClipSource source = TestSounds.source(folder, 60, SAMPLES, Set.of());
        AtomicInteger decoded = new AtomicInteger();
        AudioDecoder counting = file -> {
            decoded.incrementAndGet();
            return TestSounds.decoder().decode(file);
        };
        LoaderOptions options = LoaderOptions.training(20, 1).withThreads(1, 1);
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, counting, options.withCacheMegabytes(10))) {
            IntStream.range(0, 9).forEach(i -> loader.next());
        }
        assertEquals(60, decoded.get());
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, counting, options.withCacheMegabytes(1))) {
            IntStream.range(0, 6).forEach(i -> loader.next());
            assertEquals(1_000_000 / (SAMPLES * 4 + 64), loader.stats().cachedClips());
        }
    }

    @Test
    void brokenFilesAreNamedOnceAndReplacedByTheNext() throws IOException {
        ClipSource source = TestSounds.source(folder, 10, SAMPLES, Set.of(3, 4));
        try (ClipLoader loader = ClipLoader.open(
                source,
                frontEnd,
                TestSounds.decoder(),
                LoaderOptions.evaluation(10).withQuarantineLimit(0.2))) {
            assertArrayEquals(
                    new int[] {0, 1, 2, 5, 5, 5, 6, 7, 8, 9}, loader.next().clipIndices());
            assertEquals("clip5", loader.next().ids().get(3));
            List<Quarantined> quarantined = loader.stats().quarantined();
            assertEquals(
                    List.of(3, 4), quarantined.stream().map(Quarantined::index).toList());
            assertEquals("not a sound", quarantined.get(0).reason());
        }
    }

    @Test
    void tooManyBrokenFilesStopTheStream() throws IOException {
        ClipSource source = TestSounds.source(folder, 100, SAMPLES, Set.of(1, 2, 3, 4, 5));
        try (ClipLoader loader = ClipLoader.open(
                source,
                frontEnd,
                TestSounds.decoder(),
                LoaderOptions.evaluation(10).withThreads(1, 1).withQuarantineLimit(0.03))) {
            String message = assertThrows(UserException.class, loader::next).getMessage();
            assertTrue(message.startsWith("4 of 100 clips of test clips cannot be decoded"), message);
            assertTrue(message.contains("limit of 3.0 %"), message);
            assertTrue(message.contains("clip1.txt: not a sound"), message);
            assertTrue(message.contains("clip3.txt"), message);
            assertFalse(message.contains("clip4.txt"), message);
            assertThrows(UserException.class, loader::next);
        }
    }

    @Test
    void oneBrokenFileIsBorneHoweverSmallTheSourceUnlessItIsTheOnlyOne() throws IOException {
        Path more = Files.createDirectory(folder.resolve("more"));
        assertEquals(
                List.of("clip1", "clip1"),
                take(TestSounds.source(more, 2, SAMPLES, Set.of(0)), LoaderOptions.evaluation(2), 1)
                        .get(0)
                        .ids());
        ClipSource only = TestSounds.source(folder, 1, SAMPLES, Set.of(0));
        String message = assertThrows(UserException.class, () -> take(only, LoaderOptions.evaluation(1), 1))
                .getMessage();
        assertTrue(message.contains("1 of 1 clips"), message);
        assertTrue(message.contains("none is left"), message);
    }

    @Test
    void aHangingDecoderIsNamedAndDoesNotBlockClosing() throws IOException {
        ClipSource source = TestSounds.source(folder, 4, SAMPLES, Set.of());
        AudioDecoder hanging = file -> {
            if (file.endsWith("clip2.txt")) {
                sleep(file);
            }
            return TestSounds.decoder().decode(file);
        };
        LoaderOptions options = LoaderOptions.evaluation(4).withThreads(2, 1).withTimeout(Duration.ofMillis(300));
        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> {
            try (ClipLoader loader = ClipLoader.open(source, frontEnd, hanging, options)) {
                String message = assertThrows(UserException.class, loader::next).getMessage();
                assertTrue(message.contains("clip2.txt takes longer than 0.3 s"), message);
            }
        });
    }

    /** A pipe that nobody writes to: opening it blocks in the system, which no interrupt reaches. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pipes with names of files")
    void aFileThatBlocksTheSystemIsNamedWithinTheTimeLimit() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.wav");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        AudioDecoder blocking = file -> {
            try (InputStream in = Files.newInputStream(file)) {
                return new Waveform(new float[2 + in.read()], 16000);
            } catch (IOException e) {
                throw new AudioException(file, "cannot be read", e);
            }
        };
        ClipSource source = ClipSources.of("a pipe", List.of(new Clip("pipe", pipe, Set.of(), OptionalInt.empty())));
        LoaderOptions options = LoaderOptions.evaluation(1).withThreads(1, 1).withTimeout(Duration.ofMillis(300));
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, blocking, options)) {
            String message = assertThrows(UserException.class, loader::next).getMessage();
            assertTrue(message.contains("pipe.wav takes longer than 0.3 s"), message);
            // a writer at last: the worker goes on and ends
            Files.newOutputStream(pipe).close();
        }
    }

    private static void sleep(Path file) throws AudioException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new AudioException(file, "interrupted", e);
        }
    }

    @Test
    void closingIsPromptFinalAndQuiet() throws IOException {
        ClipSource source = TestSounds.source(folder, 40, SAMPLES, Set.of());
        AudioDecoder slow = file -> {
            sleep(file);
            return TestSounds.decoder().decode(file);
        };
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            ClipLoader loader = ClipLoader.open(
                    source, frontEnd, slow, LoaderOptions.training(4, 1).withThreads(3, 5));
            loader.close();
            loader.close();
            assertThrows(IllegalStateException.class, loader::next);
            assertEquals(List.of(), loader.stats().quarantined());
        });
    }

    @Test
    void aFaultOfTheProgramIsPassedOnWithTheClip() throws IOException {
        ClipSource source = TestSounds.source(folder, 2, SAMPLES, Set.of());
        AudioDecoder faulty = file -> {
            throw new ArithmeticException("fault");
        };
        try (ClipLoader loader = ClipLoader.open(source, frontEnd, faulty, LoaderOptions.evaluation(1))) {
            String message =
                    assertThrows(IllegalStateException.class, loader::next).getMessage();
            assertTrue(message.contains("clip0") && message.contains("fault"), message);
        }
    }

    @Test
    void aConfigurationSetsWhatConcernsLoading() {
        String yaml = "{path: x, quarantineLimit: 0.05, loaderThreads: 3, prefetchBatches: 7, cacheMegabytes: 20}";
        DataConfig data = Config.parse("test", yaml).bind(DataConfig.class);
        LoaderOptions options = LoaderOptions.training(8, 1).withData(data);
        assertEquals(
                LoaderOptions.training(8, 1)
                        .withThreads(3, 7)
                        .withQuarantineLimit(0.05)
                        .withCacheMegabytes(20),
                options);
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LoaderOptions.training(0, 1));
        assertThrows(IllegalArgumentException.class, () -> LoaderOptions.training(1, 1)
                .withRank(2, 2));
        assertThrows(IllegalArgumentException.class, () -> LoaderOptions.training(1, 1)
                .withThreads(1, 0));
    }
}
