package org.sslam.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

class AtomicFilesTest {
    private static final String FULL = ": no space left on device; free space and run the same command again"
            + " (what was saved before is intact)";

    @TempDir
    Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesReplacesAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a/b/x.txt");
        AtomicFiles.writeString(file, "first");
        AtomicFiles.write(file, out -> out.write("zwölf".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals("zwölf", Files.readString(file));
        assertEquals(List.of("x.txt"), names(file.getParent()));
    }

    @Test
    void aFullDiskAtAnyOperationKeepsTheOldFileAndSaysSo() throws IOException {
        Path file = folder.resolve("x.txt");
        AtomicFiles.writeString(file, "old");
        int operations = operationsOfOneWrite(file, "old");
        assertTrue(operations >= 6, "operations " + operations);
        for (int n = 1; n <= operations; n++) {
            try (FaultyDisk disk = FaultyDisk.fullFrom(n)) {
                UserException refused = assertThrows(UserException.class, () -> AtomicFiles.writeString(file, "new"));
                assertEquals("cannot write " + file + FULL, refused.getMessage());
                assertTrue(disk.operations() >= n);
            }
            // The last operation comes after the rename: the new file is there, whole.
            assertEquals(n == operations ? "new" : "old", Files.readString(file), "failure at operation " + n);
            assertEquals(List.of("x.txt"), names(folder), "failure at operation " + n);
        }
    }

    @Test
    void aKillAtAnyOperationLeavesOldOrNewAndSweepRemovesTheRest() throws IOException {
        Path file = folder.resolve("x.txt");
        AtomicFiles.writeString(file, "old");
        int operations = operationsOfOneWrite(file, "old");
        boolean swept = false;
        for (int n = 1; n <= operations; n++) {
            try (FaultyDisk disk = FaultyDisk.killedAt(n)) {
                assertThrows(UserException.class, () -> AtomicFiles.writeString(file, "new"));
                assertTrue(disk.operations() >= n);
            }
            assertTrue(List.of("old", "new").contains(Files.readString(file)), "killed at operation " + n);
            swept |= names(folder).size() > 1;
            AtomicFiles.sweep(folder);
            assertEquals(List.of("x.txt"), names(folder));
        }
        assertTrue(swept, "some kill must leave a temporary file");
    }

    @Test
    void aSweepLeavesWhatOthersHaveHidden() throws IOException {
        Files.writeString(folder.resolve(".draft.tmp"), "theirs");
        Files.writeString(folder.resolve(".x.txt.12-3.tmp"), "ours");
        AtomicFiles.sweep(folder);
        assertEquals(List.of(".draft.tmp"), names(folder));
    }

    private static int operationsOfOneWrite(Path file, String text) {
        try (FaultyDisk disk = FaultyDisk.counting()) {
            AtomicFiles.writeString(file, text);
            return disk.operations();
        }
    }

    @Test
    void deniedPermissionIsNamed() {
        Path file = folder.resolve("x.txt");
        try (FaultyDisk disk = FaultyDisk.deniedFrom(2)) {
            UserException refused = assertThrows(UserException.class, () -> AtomicFiles.writeString(file, "new"));
            assertEquals(
                    "cannot write " + file + ": no write permission; change the folder's permissions or choose another",
                    refused.getMessage());
            assertEquals(2, disk.operations());
        }
    }

    @Test
    void whatTheContentThrowsIsPassedOnAndNothingIsLeft() throws IOException {
        Path file = folder.resolve("x.txt");
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write(1);
                    throw new IllegalStateException("mine");
                }));
        assertEquals("mine", thrown.getMessage());
        assertEquals(List.of(), names(folder));
    }

    @Test
    void aFolderIsMovedWholeOrNotAtAll() throws IOException {
        Path temporary = AtomicFiles.temporaryBeside(folder.resolve("checkpoint"));
        Files.createDirectories(temporary.resolve("inner"));
        Files.writeString(temporary.resolve("inner/weights"), "w");
        Path target = folder.resolve("checkpoint");
        for (int n = 1; n <= 4; n++) {
            try (FaultyDisk disk = FaultyDisk.killedAt(n)) {
                assertThrows(UserException.class, () -> AtomicFiles.moveDirectory(temporary, target));
                assertEquals(n, disk.operations());
            }
            assertFalse(Files.exists(target), "killed at operation " + n);
        }
        AtomicFiles.moveDirectory(temporary, target);
        assertEquals("w", Files.readString(target.resolve("inner/weights")));
        assertFalse(Files.exists(temporary));
    }

    @Test
    void aFolderInTheWayIsNotReplaced() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("new"));
        Path target = Files.createDirectory(folder.resolve("old"));
        UserException refused = assertThrows(UserException.class, () -> AtomicFiles.moveDirectory(temporary, target));
        assertEquals("cannot write " + target + ": it exists already; remove it first", refused.getMessage());
    }

    @Test
    void deleteTreeRemovesLinksNotWhatTheyPointTo() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        AtomicFiles.deleteTree(folder.resolve("tree"));
        AtomicFiles.deleteTree(folder.resolve("tree"));
        assertEquals(List.of("outside"), names(folder));
    }

    @Test
    void appendedRecordsStayAndAFullDiskIsNamed() throws IOException {
        Path file = folder.resolve("log/metrics");
        try (AppendFile log = AppendFile.open(file)) {
            log.append(new byte[] {'a', '\n'});
        }
        try (FaultyDisk disk = FaultyDisk.fullFrom(3);
                AppendFile log = AppendFile.open(file)) {
            UserException refused = assertThrows(UserException.class, () -> log.append(new byte[] {'b', '\n'}));
            assertEquals("cannot write " + file + FULL, refused.getMessage());
            assertEquals(3, disk.operations());
        }
        assertTrue(Files.readString(file).startsWith("a\n"));
    }

    @Test
    void hashesAreSha256() throws IOException {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(abc, Hashes.sha256(new byte[] {'a', 'b', 'c'}));
        assertEquals(abc, Hashes.sha256(Files.writeString(folder.resolve("abc"), "abc")));
        Path missing = folder.resolve("missing");
        UserException refused = assertThrows(UserException.class, () -> Hashes.sha256(missing));
        assertEquals("cannot read " + missing + ": no such file; check the path", refused.getMessage());
    }
}
