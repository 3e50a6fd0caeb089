package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.Key;
import org.sslam.core.io.FaultyDisk;

class RunDirectoryTest {
    record Settings(@Key("0.1") double lr, @Key("7") int steps) {}

    private static final Settings SETTINGS = new Settings(0.1, 7);

    @TempDir
    Path root;

    private static Provenance provenance(String dataHash, String start) {
        return new Provenance(
                "0.1.0", Config.hash(SETTINGS), dataHash, 42, "cpu", Map.of("djl", "0.29.0"), Instant.parse(start));
    }

    private static Provenance provenance() {
        return provenance("d1", "2026-01-02T03:04:05Z");
    }

    @Test
    void aNewRunIsWrittenAndReopened() throws IOException {
        Path folder = root.resolve("runs/one");
        try (RunDirectory run = RunDirectory.open(folder, SETTINGS, provenance(), Set.of())) {
            assertFalse(run.reopened());
            assertEquals("lr: 0.1\nsteps: 7\n", Files.readString(run.config()));
            assertEquals(provenance(), run.provenance());
        }
        Files.writeString(folder.resolve(".metrics.jsonl.1-1.tmp"), "half");
        Files.createDirectories(folder.resolve("checkpoints"));
        try (RunDirectory run =
                RunDirectory.open(folder, SETTINGS, provenance("d1", "2026-02-02T03:04:05Z"), Set.of())) {
            assertTrue(run.reopened());
            assertEquals(provenance(), run.provenance());
            assertFalse(Files.exists(folder.resolve(".metrics.jsonl.1-1.tmp")));
            assertEquals(folder.resolve("checkpoints"), run.checkpoints());
        }
        assertEquals(2, Files.readAllLines(folder.resolve("starts.jsonl")).size());
    }

    @Test
    void anotherConfigurationIsRefusedWithItsKeys() throws IOException {
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
        Files.createDirectories(root.resolve("checkpoints"));
        UserException refused = assertThrows(
                UserException.class, () -> RunDirectory.open(root, new Settings(0.2, 7), provenance(), Set.of()));
        assertEquals(
                "run folder " + root + " belongs to a run with another configuration: lr (0.1, now 0.2);"
                        + " set these back or choose another folder",
                refused.getMessage());
        assertEquals("lr: 0.1\nsteps: 7\n", Files.readString(root.resolve("config.yaml")));
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
    }

    @Test
    void aStartThatSavedNothingClaimsNothing() throws IOException {
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
        RunDirectory.open(root, new Settings(0.2, 7), provenance("d2", "2026-02-02T03:04:05Z"), Set.of())
                .close();
        assertEquals("lr: 0.2\nsteps: 7\n", Files.readString(root.resolve("config.yaml")));
    }

    @Test
    void otherDataAreRefused() throws IOException {
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
        Files.createDirectories(root.resolve("checkpoints"));
        UserException refused = assertThrows(
                UserException.class,
                () -> RunDirectory.open(root, SETTINGS, provenance("d2", "2026-02-02T03:04:05Z"), Set.of()));
        assertEquals(
                "run folder " + root + " belongs to a run on other data (hash d1, now d2);"
                        + " restore the data or choose another folder",
                refused.getMessage());
        RunDirectory.open(root, SETTINGS, provenance("", "2026-02-02T03:04:05Z"), Set.of())
                .close();
    }

    @Test
    void changedDataAreNamedItemByItem() throws IOException {
        DataListing before =
                new DataListing(List.of(new DataListing.Entry("a.wav", "10"), new DataListing.Entry("b.wav", "20")));
        DataListing after =
                new DataListing(List.of(new DataListing.Entry("a.wav", "11"), new DataListing.Entry("b.wav", "20")));
        RunDirectory.open(root, SETTINGS, provenance(), Set.of(), before).close();
        Files.createDirectories(root.resolve("checkpoints"));
        Provenance changed = provenance("d2", "2026-02-02T03:04:05Z");
        UserException refused =
                assertThrows(UserException.class, () -> RunDirectory.open(root, SETTINGS, changed, Set.of(), after));
        assertEquals(
                "run folder " + root + " belongs to a run on other data (1 changed: a.wav (10, now 11));"
                        + " restore the data or choose another folder",
                refused.getMessage());
        assertEquals(before, DataListing.read(root.resolve("data.tsv.gz")));
        RunDirectory.open(root, SETTINGS, provenance(), Set.of(), before).close();
    }

    @Test
    void aSecondRunInTheSameProcessIsRefused() {
        try (RunDirectory run = RunDirectory.open(root, SETTINGS, provenance(), Set.of())) {
            String message = assertThrows(
                            UserException.class, () -> RunDirectory.open(root, SETTINGS, provenance(), Set.of()))
                    .getMessage();
            assertTrue(message.startsWith("run folder " + run.folder() + " is in use by this process; "), message);
            assertTrue(message.endsWith("; wait until it ends, stop it, or choose another folder"), message);
        }
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
    }

    /** Holds a folder until its input ends. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (DirectoryLock lock = DirectoryLock.take(Path.of(args[0]))) {
                System.out.println("held by " + lock.getClass().getSimpleName());
                System.in.read();
            }
        }
    }

    private Process holder(ProcessBuilder.Redirect errors) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        root.toString())
                .redirectError(errors)
                .start();
    }

    @Test
    void aRefusalInThisProcessDoesNotOpenTheFolderToOthers() throws IOException, InterruptedException {
        try (RunDirectory run = RunDirectory.open(root, SETTINGS, provenance(), Set.of())) {
            assertThrows(UserException.class, () -> RunDirectory.open(root, SETTINGS, provenance(), Set.of()));
            Process other = holder(ProcessBuilder.Redirect.PIPE);
            other.getOutputStream().close();
            String said = new String(other.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(other.waitFor() != 0 && said.contains(run.folder() + " is in use by process "), said);
        }
    }

    @Test
    void anotherProcessHoldsTheFolderUntilItIsKilled() throws IOException, InterruptedException {
        Process holder = holder(ProcessBuilder.Redirect.INHERIT);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("held by DirectoryLock", out.readLine());
            String message = assertThrows(
                            UserException.class, () -> RunDirectory.open(root, SETTINGS, provenance(), Set.of()))
                    .getMessage();
            assertTrue(
                    message.startsWith("run folder " + root + " is in use by process " + holder.pid() + " on host "));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndNotHeld() {
        try (FaultyDisk disk = FaultyDisk.deniedFrom(2)) {
            UserException refused =
                    assertThrows(UserException.class, () -> RunDirectory.open(root, SETTINGS, provenance(), Set.of()));
            assertEquals(
                    "cannot write " + root.resolve("provenance.json")
                            + ": no write permission; change the folder's permissions or choose another",
                    refused.getMessage());
            assertTrue(disk.operations() >= 2);
        }
        RunDirectory.open(root, SETTINGS, provenance(), Set.of()).close();
    }

    @Test
    void aKillWhileTheFolderIsMadeNeverSpoilsIt() {
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            RunDirectory.open(root.resolve("count"), SETTINGS, provenance(), Set.of())
                    .close();
            operations = disk.operations();
        }
        for (int n = 1; n <= operations; n++) {
            Path folder = root.resolve("run" + n);
            try (FaultyDisk disk = FaultyDisk.killedAt(n)) {
                assertThrows(UserException.class, () -> RunDirectory.open(folder, SETTINGS, provenance(), Set.of()));
                assertTrue(disk.operations() >= n);
            }
            try (RunDirectory run = RunDirectory.open(folder, SETTINGS, provenance(), Set.of())) {
                assertEquals(provenance(), run.provenance(), "killed at operation " + n);
                assertEquals(Config.dump(SETTINGS), read(run.config()));
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        String message = assertThrows(
                        UserException.class, () -> RunDirectory.open(file, SETTINGS, provenance(), Set.of()))
                .getMessage();
        assertEquals("cannot write " + file + ": something of that name is in the way", message);
    }

    @Test
    void provenanceSurvivesJson() {
        Provenance written = provenance();
        assertEquals(written, Provenance.fromJson("p", written.toJson()));
        assertEquals(written, Provenance.fromJson("p", written.toJsonLine()));
        assertEquals(1, written.toJsonLine().lines().count());
        assertTrue(Provenance.platformVersions().get("java").contains(System.getProperty("java.version")));
        for (String broken : new String[] {"{}", "{", "[]", written.toJson().replace("2026", "x")}) {
            UserException refused = assertThrows(UserException.class, () -> Provenance.fromJson("p.json", broken));
            assertEquals(
                    "p.json is not a provenance record; restore it or choose another run folder", refused.getMessage());
        }
    }
}
