package org.sslam.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataProblem;
import org.sslam.audio.data.DataVerifier;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.data.TestFrontEnds;
import org.sslam.audio.data.VerifyReport;
import org.sslam.audio.load.Batch;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.load.Quarantined;
import org.sslam.audio.pack.PackOptions;
import org.sslam.audio.pack.ShardPacker;
import org.sslam.audio.shard.BrokenClip;

/** Every kind of odd file is decoded or refused as {@link OddSounds} says, soon and in little memory. */
class OddSoundsTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long MOST_ALLOCATED = 64L << 20;
    private static final int GOOD = 24;

    @TempDir
    Path folder;

    static Collection<OddSounds.Odd> kinds() {
        return OddSounds.all().values();
    }

    private Path make(OddSounds.Odd odd) throws Exception {
        Path file = folder.resolve(odd.name());
        try {
            odd.maker().make(file);
        } catch (UnsupportedOperationException | IOException impossible) {
            Assumptions.abort("cannot be made here: " + impossible.getMessage());
        }
        return file;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isDecodedOrRefusedWithAReason(OddSounds.Odd odd) throws Exception {
        Path file = make(odd);
        assertTimeoutPreemptively(LONGEST, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            if (odd.isDecoded()) {
                Waveform wave = AudioDecoders.standard().decode(file);
                assertTrue(wave.samples().length > 0);
                odd.samples().ifPresent(samples -> assertEquals(samples, wave.samples().length));
            } else {
                AudioException e = assertThrows(
                        AudioException.class, () -> AudioDecoders.standard().decode(file));
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
                assertTrue(e.reason().contains(odd.refusal()), e.reason());
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MOST_ALLOCATED, allocated + " bytes for " + odd);
        });
    }

    /** All kinds that can be made here, with good files in between. */
    private ClipSource everything(Map<Path, OddSounds.Odd> odd) throws Exception {
        List<Clip> clips = new ArrayList<>();
        for (OddSounds.Odd kind : kinds()) {
            Path file = folder.resolve(kind.name());
            try {
                kind.maker().make(file);
            } catch (UnsupportedOperationException | IOException impossible) {
                continue;
            }
            odd.put(file, kind);
            clips.add(Clip.unlabelled(kind.name(), file));
            if (clips.size() % 3 == 0) {
                String name = "good-" + clips.size() + ".wav";
                Path good = new WavFile().samples(Sounds.sweep(0.5, 16_000)).write(folder.resolve(name));
                clips.add(Clip.unlabelled(name, good));
            }
        }
        assertTrue(odd.size() >= 60, odd.size() + " kinds");
        return ClipSources.of("odd files", clips);
    }

    @Test
    void verifyingAndPackingNameTheSameFiles() throws Exception {
        Map<Path, OddSounds.Odd> odd = new HashMap<>();
        ClipSource source = everything(odd);
        assertTimeoutPreemptively(LONGEST.multipliedBy(3), () -> {
            Set<String> refused = odd.values().stream()
                    .filter(kind -> !kind.isDecoded())
                    .map(OddSounds.Odd::name)
                    .collect(Collectors.toSet());
            VerifyReport report = new DataVerifier(AudioDecoders.standard(), DataVerifier.Options.standard())
                    .verify(source, ProgressListener.NONE);
            assertEquals(
                    refused,
                    report.problems().stream()
                            .filter(problem -> problem.kind() == DataProblem.Kind.UNREADABLE
                                    || problem.kind() == DataProblem.Kind.MISSING)
                            .map(DataProblem::id)
                            .collect(Collectors.toSet()));
            ShardPacker.Summary packed = new ShardPacker(
                            PackOptions.standard().withQuarantineLimit(1), AudioDecoders.standard(), 2)
                    .pack(source, folder.resolve("shards"), ProgressListener.NONE);
            assertEquals(refused, packed.broken().stream().map(BrokenClip::id).collect(Collectors.toSet()));
        });
    }

    /** One run over everything: it goes on, every bad file is named, and two ranks see what one sees. */
    @Test
    void aRunGoesOnAndRanksStayAligned() throws Exception {
        Map<Path, OddSounds.Odd> odd = new HashMap<>();
        ClipSource source = everything(odd);
        int batches = (source.size() + 7) / 8;
        assertTimeoutPreemptively(LONGEST.multipliedBy(3), () -> {
            List<Quarantined> quarantined = new ArrayList<>();
            List<Batch> whole = take(source, LoaderOptions.training(8, 1), batches, quarantined);
            List<Batch> first = take(source, LoaderOptions.training(4, 1).withRank(0, 2), batches, new ArrayList<>());
            List<Batch> second = take(source, LoaderOptions.training(4, 1).withRank(1, 2), batches, new ArrayList<>());
            for (int i = 0; i < batches; i++) {
                List<String> ids = new ArrayList<>(first.get(i).ids());
                ids.addAll(second.get(i).ids());
                assertEquals(whole.get(i).ids(), ids);
                for (float value : whole.get(i).melBTF()) {
                    assertTrue(Float.isFinite(value));
                }
            }
            Map<Path, String> reasons = new HashMap<>();
            quarantined.forEach(broken -> reasons.put(broken.path(), broken.reason()));
            odd.forEach((file, kind) -> {
                if (kind.isDecoded() && !reasons.getOrDefault(file, "").startsWith("shorter than one")) {
                    assertFalse(reasons.containsKey(file), file + ": " + reasons.get(file));
                } else {
                    assertTrue(reasons.containsKey(file), file + " must be named");
                }
            });
        });
    }

    private static List<Batch> take(
            ClipSource source, LoaderOptions options, int batches, List<Quarantined> quarantined) {
        LoaderOptions bearing = options.withQuarantineLimit(1).withThreads(2, 2);
        try (ClipLoader loader = ClipLoader.open(source, TestFrontEnds.small(), bearing)) {
            List<Batch> taken =
                    IntStream.range(0, batches).mapToObj(i -> loader.next()).toList();
            quarantined.addAll(loader.stats().quarantined());
            return taken;
        }
    }

    @Test
    void aFileThatIsCutWhileItIsReadIsRefused() throws Exception {
        for (String name : List.of("cut.wav", "cut.flac")) {
            Path file = folder.resolve(name);
            float[] sweep = Sounds.sweep(60, 16_000);
            if (name.endsWith(".wav")) {
                new WavFile().samples(sweep).write(file);
            } else {
                TestEncoder.encode(sweep, 16_000, 1, "flac", "flac", file);
            }
            try (AudioStream stream = AudioDecoders.open(file, DecodeLimits.standard())) {
                float[] piece = new float[16_000];
                assertEquals(piece.length, stream.read(piece, 0, piece.length));
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 4);
                }
                readToTheEnd(file, stream, piece);
            }
        }
    }

    /** Either refused, naming the file, or ended early: what was read was sound. */
    private static void readToTheEnd(Path file, AudioStream stream, float[] piece) {
        int seconds = 1;
        try {
            while (stream.read(piece, 0, piece.length) == piece.length) {
                seconds++;
            }
        } catch (AudioException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        }
        assertTrue(seconds < 60, seconds + " s of a file that was cut");
    }

    @Test
    void aFileThatVanishesWhileTheRunGoesOnIsNamed() throws Exception {
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            String name = "sound-" + i + ".wav";
            Path file = new WavFile().samples(Sounds.sweep(0.5, 16_000)).write(folder.resolve(name));
            clips.add(Clip.unlabelled(name, file));
        }
        ClipSource source = ClipSources.of("vanishing", clips);
        LoaderOptions options = LoaderOptions.evaluation(4).withThreads(1, 1).withQuarantineLimit(0.5);
        try (ClipLoader loader = ClipLoader.open(source, TestFrontEnds.small(), options)) {
            loader.next();
            Files.delete(clips.get(GOOD - 2).path());
            Batch last = null;
            for (int i = 1; i < GOOD / 4; i++) {
                last = loader.next();
            }
            assertEquals("sound-" + (GOOD - 1) + ".wav", last.ids().get(2));
            assertEquals("no such file", loader.stats().quarantined().get(0).reason());
        }
    }
}
