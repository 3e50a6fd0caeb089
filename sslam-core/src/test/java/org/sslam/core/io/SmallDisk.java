package org.sslam.core.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real file system of its own, of a few hundred KiB in memory: for tests of a full or read-only disk. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one, or skips the test where that is not allowed: it takes Linux and root. */
    public static SmallDisk mount(Path folder, long kib) throws IOException {
        Files.createDirectories(folder);
        String refusal = answer("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder.toString());
        Assumptions.assumeTrue(refusal.isEmpty(), "no small disk can be mounted here: " + refusal);
        return new SmallDisk(folder);
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Gives it another size. */
    public void resize(long kib) throws IOException {
        remount("size=" + kib + "k");
    }

    /** Refuses all writing from now on, or no longer. */
    public void readOnly(boolean on) throws IOException {
        remount(on ? "ro" : "rw");
    }

    @Override
    public void close() throws IOException {
        answer("umount", "--lazy", folder.toString());
    }

    private void remount(String option) throws IOException {
        String refusal = answer("mount", "-o", "remount," + option, folder.toString());
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /** What a command had to say against it; nothing if it did its work. */
    static String answer(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return e.getMessage();
        }
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? "" : said.isEmpty() ? "it failed" : said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
