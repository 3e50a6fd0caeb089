package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.UserException;
import org.sslam.core.io.FaultyDisk;
import org.sslam.core.io.SmallDisk;
import org.sslam.core.run.MetricLog;
import org.sslam.train.loop.Trainer;
import org.sslam.train.sslam.SslamRunConfig;

/** Disks that are full, read-only or taken away, and clocks that jump: one line, nothing lost, and the same bits in the end. */
class RealDiskTest {
    private static final long PLENTY_KIB = 1 << 16;

    @TempDir
    static Path folder;

    private static TinyRun tiny;
    private static SslamRunConfig whole;
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void uninterrupted() {
        tiny = new TinyRun(folder);
        whole = tiny.config(folder.resolve("whole"));
        TinyRun.run(whole, new ArrayList<>());
    }

    private String refusal(SslamRunConfig config) {
        UserException e = assertThrows(UserException.class, () -> TinyRun.run(config, notices));
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        return e.getMessage();
    }

    private void endsAsTheWholeRun(SslamRunConfig config) {
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(config, notices));
        assertEquals(TinyRun.weights(whole.output()), TinyRun.weights(config.output()));
        assertEquals(MetricLines.of(whole.output()), MetricLines.of(config.output()));
    }

    private static long kibOf(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.map(Path::toFile)
                            .filter(File::isFile)
                            .mapToLong(File::length)
                            .sum()
                    >> 10;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.35, 0.6, 0.85})
    void aDiskThatFillsUp(double share) throws IOException {
        long kib = Math.max(8, (long) (share * kibOf(whole.output())));
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("full-" + share), kib)) {
            SslamRunConfig config = tiny.config(disk.folder().resolve("run"));
            assertTrue(refusal(config).contains("no space left on device"), notices::toString);
            disk.resize(PLENTY_KIB);
            endsAsTheWholeRun(config);
        }
    }

    @Test
    void aReadOnlyDisk() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("read-only"), PLENTY_KIB)) {
            SslamRunConfig config = tiny.config(disk.folder().resolve("run"));
            disk.readOnly(true);
            assertTrue(refusal(config).contains("no write permission; change the folder's permissions"));
            disk.readOnly(false);
            endsAsTheWholeRun(config);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.8})
    void permissionThatIsLostMidway(double share) {
        SslamRunConfig config = tiny.config(folder.resolve("denied-" + share));
        int operations = operationsOf(config);
        try (FaultyDisk disk = FaultyDisk.deniedFrom((int) (share * operations))) {
            assertTrue(refusal(config).contains("no write permission"));
            assertTrue(disk.operations() >= (int) (share * operations));
        }
        endsAsTheWholeRun(config);
    }

    /** The newest checkpoint is the one of most updates; dates of files and lines say nothing. */
    @Test
    void aClockThatJumps() throws IOException {
        SslamRunConfig config = tiny.config(folder.resolve("clock"));
        try (FaultyDisk disk = FaultyDisk.killedAt(operationsOf(config) * 4 / 5)) {
            assertTrue(refusal(config).contains("killed"));
            assertTrue(disk.operations() > 0);
        }
        Path checkpoints = config.output().resolve("checkpoints");
        List<Path> saved;
        try (Stream<Path> entries = Files.list(checkpoints)) {
            saved = entries.filter(path -> path.getFileName().toString().startsWith("step-"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        assertTrue(saved.size() > 1, saved.toString());
        for (int i = 0; i < saved.size(); i++) {
            // the older the checkpoint, the later its date: from 1971 to 2070
            Files.setLastModifiedTime(
                    saved.get(i), FileTime.from(Instant.ofEpochSecond(31_536_000L + i * 3_124_224_000L)));
        }
        Path metrics = config.output().resolve("metrics.jsonl");
        Files.writeString(metrics, Files.readString(metrics).replaceAll("\"time\":[^,]*", "\"time\":4e9"));
        endsAsTheWholeRun(config);
        String newest = saved.get(0).getFileName().toString().replaceFirst("step-0*", "");
        assertTrue(notices.stream().anyMatch(n -> n.endsWith("after update " + newest)), notices.toString());
        assertFalse(MetricLog.read(metrics).isEmpty());
    }

    private int operationsOf(SslamRunConfig config) {
        SslamRunConfig other = tiny.config(
                config.output().resolveSibling("counted-for-" + config.output().getFileName()));
        try (FaultyDisk disk = FaultyDisk.counting()) {
            TinyRun.run(other, notices);
            return disk.operations();
        }
    }
}
