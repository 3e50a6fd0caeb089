package org.sslam.train.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.engine.TestDevice;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.FaultyDisk;

/** What is kept, what is passed over, and what a kill at any file operation leaves. */
class CheckpointsTest {
    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();
    private NDManager manager;
    private NDArray weights;

    @BeforeEach
    void start() {
        Torch.start();
        manager = TestDevice.manager();
        weights = manager.ones(new Shape(3));
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private Checkpoints checkpoints(int keepLast, long keepEvery) {
        return new Checkpoints(folder, new LoopConfig(1, 1, keepLast, keepEvery, 1, 0, 0, 0), notices::add);
    }

    private static TrainState at(long updates, long batches) {
        return new TrainState(updates, batches, 0, 0, 0, Map.of("loss", 0.1 * updates), 1);
    }

    private void save(Checkpoints checkpoints, TrainState state) {
        checkpoints.save(state, Map.of("student", Map.of("w", weights)), Map.of("model.json", "{}"));
    }

    private static List<String> names(Checkpoints checkpoints) {
        return checkpoints.list().stream().map(p -> p.getFileName().toString()).toList();
    }

    @Test
    void theNewestAndTheMilestonesStay() {
        Checkpoints checkpoints = checkpoints(2, 4);
        for (int n = 1; n <= 7; n++) {
            save(checkpoints, at(n, n));
        }
        assertEquals(List.of("step-000000007", "step-000000006", "step-000000004"), names(checkpoints));
        assertEquals(at(7, 7), checkpoints.latest().orElseThrow().state());
    }

    @Test
    void damagedOnesNeverPushAWholeOneOut() throws IOException {
        Checkpoints checkpoints = checkpoints(1, 10);
        save(checkpoints, at(10, 10));
        save(checkpoints, at(20, 20));
        Files.writeString(folder.resolve("step-000000020").resolve("model.json"), "{ }");
        assertEquals(10, checkpoints.latest().orElseThrow().state().updates());
        assertTrue(notices.get(0).contains("step-000000020 is damaged (model.json differs from its hash)"));
        save(checkpoints, at(15, 15));
        assertEquals(15, checkpoints.latest().orElseThrow().state().updates());
        assertTrue(Files.exists(folder.resolve(".damaged-step-000000020")));
    }

    @Test
    void whatCannotBeReadNowIsNeitherPassedOverNorSetAside() throws IOException {
        Checkpoints checkpoints = checkpoints(2, 0);
        save(checkpoints, at(10, 10));
        save(checkpoints, at(20, 20));
        Path manifest = folder.resolve("step-000000020").resolve("manifest.json");
        Path state = folder.resolve("step-000000020").resolve("state.json");
        String before = Files.readString(state);
        Files.delete(state);
        Files.createSymbolicLink(state, Path.of("/proc/self/mem"));
        UserException e = assertThrows(UserException.class, checkpoints::latest);
        assertTrue(e.getMessage().contains("step-000000020 cannot be read ("), e.getMessage());
        assertTrue(Files.exists(manifest));
        Files.delete(state);
        Files.writeString(state, before);
        assertEquals(20, checkpoints.latest().orElseThrow().state().updates());
    }

    @Test
    void noWholeOneIsAnError() throws IOException {
        Checkpoints checkpoints = checkpoints(1, 0);
        save(checkpoints, at(1, 1));
        for (String manifest : new String[] {"null", "{}", "not json"}) {
            Files.writeString(folder.resolve("step-000000001").resolve("manifest.json"), manifest);
            UserException e = assertThrows(UserException.class, checkpoints::latest);
            assertTrue(e.getMessage().contains("is whole"), e.getMessage());
        }
    }

    @Test
    void aKillAtAnyOperationLeavesAWholeCheckpoint() {
        Checkpoints checkpoints = checkpoints(1, 0);
        save(checkpoints, at(1, 1));
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            save(checkpoints, at(2, 2));
            operations = disk.operations();
        }
        assertTrue(operations > 10);
        long updates = 2;
        for (int n = 1; n <= operations; n++) {
            boolean killed = false;
            try (FaultyDisk disk = FaultyDisk.killedAt(n)) {
                save(checkpoints, at(updates + 1, n));
                assertTrue(disk.operations() < n, "operation " + n + " was reached without a kill");
            } catch (UserException kill) {
                killed = true;
            }
            TrainState found = checkpoints.latest().orElseThrow().state();
            assertTrue(found.updates() == updates || found.updates() == updates + 1, "operation " + n);
            assertTrue(killed || found.updates() == updates + 1);
            save(checkpoints, at(updates + 1, 1000 + n));
            updates++;
            assertEquals(
                    at(updates, 1000 + n), checkpoints.latest().orElseThrow().state());
        }
    }

    @Test
    void savingTheSameStateAgainWritesNothing() {
        Checkpoints checkpoints = checkpoints(1, 0);
        save(checkpoints, at(3, 3));
        try (FaultyDisk disk = FaultyDisk.fullFrom(1)) {
            save(checkpoints, at(3, 3));
            assertEquals(0, disk.operations());
        }
    }
}
