package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.ProgressListener;
import org.sslam.core.UserException;
import org.sslam.core.io.FaultyDisk;
import org.sslam.core.io.NpyWriter;
import org.sslam.core.io.SmallDisk;
import org.sslam.train.loop.StopSignal;

class EmbedRunTest {
    private static final int CLIPS = 11;
    private static final EmbedOptions OPTIONS =
            EmbedOptions.standard().withThreads(1).withBatchSize(3);

    @TempDir
    private static Path folder;

    private static Path encoder;
    private static Path sounds;

    private final List<String> notices = new ArrayList<>();
    private Path output;

    @BeforeAll
    static void write() throws IOException {
        encoder = TestEncoders.save(folder.resolve("encoder"), 1);
        sounds = folder.resolve("sounds");
        for (int i = 0; i < CLIPS; i++) {
            TestEncoders.wav(
                    sounds.resolve("clip-%02d.wav".formatted(i)), TestEncoders.sound(0.3 + 0.2 * i, 16000, i), 16000);
        }
        Files.write(sounds.resolve("clip-04.wav"), new byte[20]);
        Files.writeString(sounds.resolve("clip-07.wav"), "this is no sound");
    }

    @BeforeEach
    void newOutput() throws IOException {
        output = Files.createTempDirectory(folder, "out");
    }

    private EmbedTask task(EmbedOptions options, boolean frames, boolean parquet) {
        return new EmbedTask(
                encoder, DataConfig.at(sounds), output, options, frames, 4, NpyWriter.Type.FLOAT32, parquet);
    }

    private EmbedTask task() {
        return task(OPTIONS, false, false);
    }

    private EmbedRun.Outcome run(EmbedTask task) {
        return run(task, ProgressListener.NONE);
    }

    private EmbedRun.Outcome run(EmbedTask task, ProgressListener progress) {
        try (StopSignal stop = new StopSignal()) {
            return new EmbedRun(task, "test", notices::add).run(stop, progress);
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(output.resolve(file));
    }

    @Test
    void everySoundClipHasItsVectorAndEveryBrokenOneItsReason() throws IOException {
        EmbedRun.Outcome outcome = run(task());
        assertTrue(outcome.finished());
        assertEquals(9, outcome.rows());
        assertEquals(2, outcome.failed());
        assertEquals(3, lines("failed.csv").size());
        assertEquals("clip,id,path,reason", lines("failed.csv").get(0));
        assertTrue(lines("failed.csv").get(1).startsWith("4,clip-04.wav," + sounds.resolve("clip-04.wav") + ","));
        assertTrue(lines("failed.csv").get(2).contains("7,clip-07.wav,"));

        List<String> index = lines("index.csv");
        assertEquals(10, index.size());
        try (Embedder embedder = Embedder.load(encoder, OPTIONS)) {
            for (int row = 0; row < 9; row++) {
                String[] fields = index.get(row + 1).split(",");
                assertEquals(row, Integer.parseInt(fields[0]));
                NpyTable shard =
                        NpyTable.read(output.resolve("vectors-%05d.npy".formatted(Integer.parseInt(fields[1]))));
                assertEquals("1", fields[3]);
                float[] expected = embedder.embed(Path.of(fields[8]));
                assertArrayEquals(expected, shard.rows()[Integer.parseInt(fields[2])], 1e-5f);
                assertTrue(fields[8].endsWith(fields[7]));
            }
        }
        assertEquals(2, NpyTable.read(output.resolve("vectors-00001.npy")).rows().length);
    }

    @Test
    void framesStandInTheIndexWithTheirTimes() throws IOException {
        run(task(OPTIONS.withSlide(0.32), true, true));
        List<String> index = lines("index.csv");
        int rows = 0;
        try (Embedder embedder = Embedder.load(encoder, OPTIONS.withSlide(0.32))) {
            for (String line : index.subList(1, index.size())) {
                String[] fields = line.split(",");
                assertEquals(rows, Integer.parseInt(fields[0]));
                FrameSequence expected = embedder.frames(Path.of(fields[8]));
                assertEquals(expected.steps(), Integer.parseInt(fields[3]));
                assertEquals("0.160", fields[6]);
                NpyTable shard =
                        NpyTable.read(output.resolve("frames-%05d.npy".formatted(Integer.parseInt(fields[1]))));
                for (int step = 0; step < expected.steps(); step++) {
                    float[] found = shard.rows()[Integer.parseInt(fields[2]) + step];
                    assertArrayEquals(expected.step(step), found, 1e-5f);
                }
                rows += expected.steps();
            }
        }
        assertTrue(Files.exists(output.resolve("frames-00002.parquet")));
    }

    @Test
    void halfPrecisionHalvesTheFile() throws IOException {
        run(task());
        Path whole = output;
        newOutput();
        EmbedTask half =
                new EmbedTask(encoder, DataConfig.at(sounds), output, OPTIONS, false, 4, NpyWriter.Type.FLOAT16, false);
        run(half);
        NpyTable exact = NpyTable.read(whole.resolve("vectors-00000.npy"));
        NpyTable rounded = NpyTable.read(output.resolve("vectors-00000.npy"));
        assertEquals("<f2", rounded.type());
        for (int r = 0; r < exact.rows().length; r++) {
            assertArrayEquals(exact.rows()[r], rounded.rows()[r], 2e-3f);
        }
    }

    @Test
    void aStoppedRunGoesOnAndEndsWithTheSameBytes() throws IOException {
        run(task(OPTIONS, false, true));
        Map<String, String> expected = FolderBytes.of(output);
        newOutput();
        try (StopSignal stop = new StopSignal()) {
            EmbedRun.Outcome stopped = new EmbedRun(task(OPTIONS, false, true), "test", notices::add)
                    .run(stop, (done, total) -> {
                        if (done == 6) {
                            stop.request();
                        }
                    });
            assertFalse(stopped.finished());
        }
        assertTrue(Files.exists(output.resolve("vectors-00000.npy")));
        assertFalse(Files.exists(output.resolve("vectors-00001.npy")));
        List<Integer> seen = new ArrayList<>();
        EmbedRun.Outcome outcome = run(task(OPTIONS, false, true), (done, total) -> seen.add(done));
        assertTrue(outcome.finished());
        assertEquals(5, seen.get(0));
        assertEquals("continuing " + output + " after clip 4", notices.get(0));
        assertEquals(expected, FolderBytes.of(output));
    }

    @Test
    void aStopAtTheLastClipOfAShardLeavesTheShardOut() throws IOException {
        try (StopSignal stop = new StopSignal()) {
            EmbedRun.Outcome stopped = new EmbedRun(task(), "test", notices::add).run(stop, (done, total) -> {
                if (done == 4) {
                    stop.request();
                }
            });
            assertFalse(stopped.finished());
        }
        assertFalse(Files.exists(output.resolve("vectors-00000.npy")));
        assertEquals(9, run(task()).rows());
    }

    /** As if the process had been killed between any two operations on the disk. */
    @Test
    void aRunKilledAtAnyOperationEndsWithTheSameBytes() throws IOException {
        survivesEveryOperation(FaultyDisk::killedAt);
    }

    /** As if the machine had lost its power there, and with it what was not brought to the disk. */
    @Test
    void aMachineWithoutPowerLosesNothing() throws IOException {
        survivesEveryOperation(FaultyDisk::powerLostAt);
    }

    @Test
    void aDiskThatFillsUpForReal() throws IOException {
        run(task());
        Map<String, String> expected = FolderBytes.of(output);
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small-disk"), 12)) {
            output = disk.folder().resolve("out");
            assertTrue(refusal(task()).contains("no space left on device"));
            disk.resize(1 << 14);
            run(task());
            assertEquals(expected, FolderBytes.of(output));
        }
    }

    private void survivesEveryOperation(IntFunction<FaultyDisk> deathAt) throws IOException {
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            run(task());
            operations = disk.operations();
        }
        Map<String, String> expected = FolderBytes.of(output);
        assertTrue(operations > 30, operations + " operations");
        for (int n = 1; n <= operations; n++) {
            newOutput();
            try (FaultyDisk disk = deathAt.apply(n)) {
                assertThrows(UserException.class, () -> run(task()));
                assertTrue(disk.operations() >= n);
            }
            run(task());
            assertEquals(expected, FolderBytes.of(output), "killed at operation " + n);
        }
    }

    @Test
    void aFinishedRunIsLeftAlone() throws IOException {
        run(task());
        Map<String, String> before = FolderBytes.of(output);
        EmbedRun.Outcome again = run(task());
        assertTrue(again.finished());
        assertEquals(9, again.rows());
        assertEquals(0, again.clipsNow());
        assertEquals(List.of(output + " is finished: all 11 clips are done"), notices);
        assertEquals(before, FolderBytes.of(output));
    }

    @Test
    void otherSettingsOtherDataAndForeignFoldersAreRefused() throws IOException {
        run(task());
        assertTrue(refusal(task(OPTIONS.withPooling(Pooling.BOTH), false, false))
                .contains("made with other settings: pooling (cls, now both), width (16, now 32); set these back"));
        assertTrue(
                refusal(task(OPTIONS.withBatchSize(2), false, true)).contains("batch (3, now 2), parquet (false, now"));
        Path other = TestEncoders.save(folder.resolve("other-encoder"), 2);
        EmbedTask otherEncoder =
                new EmbedTask(other, DataConfig.at(sounds), output, OPTIONS, false, 4, NpyWriter.Type.FLOAT32, false);
        assertTrue(refusal(otherEncoder).contains("encoder.sha256 ("));
        EmbedTask lessData = new EmbedTask(
                encoder, DataConfig.at(sounds).withLimit(3), output, OPTIONS, false, 4, NpyWriter.Type.FLOAT32, false);
        assertTrue(refusal(lessData).contains("data.clips (11, now 3)"));
        newOutput();
        Files.writeString(output.resolve("index.csv"), "mine");
        assertTrue(refusal(task()).contains("holds an index.csv but no embed.json"));
        assertEquals("mine", Files.readString(output.resolve("index.csv")));
    }

    @Test
    void whatWasLostIsNoticed() throws IOException {
        run(task());
        Files.writeString(output.resolve("index.csv"), "row");
        assertTrue(refusal(task()).contains("is shorter than it was (3 of "));
        newOutput();
        run(task());
        Files.delete(output.resolve("vectors-00001.npy"));
        assertTrue(refusal(task()).contains("vectors-00001.npy is missing; restore it"));
        Files.writeString(output.resolve("progress.json"), "{}");
        assertTrue(refusal(task()).contains("progress.json is damaged"));
    }

    @Test
    void nothingButBrokenFilesFails() throws IOException {
        Path broken = folder.resolve("broken");
        Files.createDirectories(broken);
        Files.write(broken.resolve("a.wav"), new byte[3]);
        TestEncoders.wav(broken.resolve("b.wav"), new float[0], 16000);
        EmbedTask task =
                new EmbedTask(encoder, DataConfig.at(broken), output, OPTIONS, false, 4, NpyWriter.Type.FLOAT32, false);
        assertTrue(refusal(task).contains("none of the 2 clips of folder " + broken + " could be used; see "));
        assertTrue(
                lines("failed.csv").get(2).endsWith(",0 samples"),
                lines("failed.csv").get(2));
    }

    @Test
    void twoProcessesDoNotShareAFolder() {
        run(task(), (done, total) -> {
            if (done == 2) {
                assertTrue(refusal(task()).contains("is in use by this process"));
            }
        });
    }

    private String refusal(EmbedTask task) {
        String message = assertThrows(UserException.class, () -> run(task)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
