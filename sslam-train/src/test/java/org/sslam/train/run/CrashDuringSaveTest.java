package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.FaultyDisk;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.sslam.SslamRunConfig;

/**
 * The process dies, or the machine, at an operation of the file system; the same command then goes on and ends with the
 * uninterrupted run's bits, its log included.
 *
 * <p>Runs of two updates that save after each, so that every operation of a first save, of one that drops its forerunner,
 * and of the final encoder is met. A quick sample here; {@code -Plong} takes every single operation.
 */
class CrashDuringSaveTest {
    private static final int SAMPLE = 12;

    @TempDir
    static Path folder;

    private static TinyRun tinyRun;
    private static TinyTask tinyTask;
    private final List<String> notices = new ArrayList<>();

    /** A run of some seconds' fraction, again and again in new folders. */
    private enum Job {
        STAGE1,
        STAGE2,
        FINETUNE,
        LINEAR;

        void run(Path output, List<String> notices) {
            switch (this) {
                case STAGE1 -> TinyRun.run(pretrain(output, "mb-ua"), notices);
                case STAGE2 -> TinyRun.run(pretrain(output, "sslam"), notices);
                default -> TinyTask.train(task(output), notices).orElseThrow();
            }
        }

        /** All that such a run is for. */
        Map<String, Object> results(Path output) {
            boolean pretraining = this == STAGE1 || this == STAGE2;
            Path run = pretraining
                    ? output
                    : TinyTask.run(task(output), new ArrayList<>()).folder();
            Map<String, Object> results =
                    new TreeMap<>(pretraining ? TinyRun.weights(run) : TinyTask.model(task(output)));
            results.put("log", MetricLines.of(run));
            return results;
        }

        private static SslamRunConfig pretrain(Path output, String variant) {
            return tinyRun.config(
                    output,
                    "objective.variant=" + variant,
                    "objective.topKLocal=1",
                    "model.depth=1",
                    "optimizer.maxUpdates=2",
                    "loop.logEvery=1",
                    "loop.checkpointEvery=1",
                    "loop.keepLast=1");
        }

        private FinetuneConfig task(Path output) {
            return tinyTask.config(
                    output,
                    "mode=" + name().toLowerCase(Locale.ROOT),
                    "model.depth=1",
                    "selection.keep=best",
                    "optimizer.batchSize=27",
                    "optimizer.maxUpdates=2",
                    "loop.checkpointEvery=1",
                    "loop.keepLast=1");
        }
    }

    @BeforeAll
    static void sounds() throws IOException {
        tinyRun = new TinyRun(folder);
        tinyTask = new TinyTask(folder);
    }

    @ParameterizedTest
    @EnumSource
    void aKilledProcess(Job job) {
        survives(job, FaultyDisk::killedAt, SAMPLE);
    }

    /** What was not brought to the disk is lost, too. */
    @ParameterizedTest
    @EnumSource
    void aMachineWithoutPower(Job job) {
        survives(job, FaultyDisk::powerLostAt, SAMPLE);
    }

    @Test
    @Tag("long")
    void everySingleOperation() {
        for (Job job : Job.values()) {
            survives(job, FaultyDisk::killedAt, Integer.MAX_VALUE);
            survives(job, FaultyDisk::powerLostAt, Integer.MAX_VALUE);
        }
    }

    private void survives(Job job, IntFunction<FaultyDisk> deathAt, int atMost) {
        Path whole = folder.resolve("whole");
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            job.run(whole, notices);
            operations = disk.operations();
        }
        Map<String, Object> expected = job.results(whole);
        assertTrue(operations > 2 * SAMPLE, operations + " operations");
        int deaths = Math.min(operations, atMost);
        for (int i = 0; i < deaths; i++) {
            int n = 1 + (int) ((long) i * operations / deaths);
            Path output = folder.resolve("dying");
            try (FaultyDisk disk = deathAt.apply(n)) {
                assertThrows(UserException.class, () -> job.run(output, notices));
                assertTrue(disk.operations() >= n);
            }
            job.run(output, notices);
            assertEquals(expected, job.results(output), job + " at operation " + n + " of " + operations);
            AtomicFiles.deleteTree(output);
        }
        System.out.println(
                job + ": the same bits after each of " + deaths + " deaths among " + operations + " operations");
        AtomicFiles.deleteTree(whole);
    }
}
