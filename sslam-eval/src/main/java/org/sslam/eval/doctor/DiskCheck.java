package org.sslam.eval.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A place can be written and has room: the engine unpacks its libraries there at the first start.
 *
 * @param folder the place; it need not exist yet
 * @param neededBytes free space that is needed
 */
record DiskCheck(Path folder, long neededBytes) implements Check {
    private static final long ENGINE_BYTES = 1L << 30;

    /** The folder that the engine unpacks its libraries into. */
    static DiskCheck ofEngineCache() {
        String chosen = System.getenv("DJL_CACHE_DIR");
        Path cache = chosen == null || chosen.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".djl.ai")
                : Path.of(chosen);
        return new DiskCheck(cache, ENGINE_BYTES);
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Result run() {
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Result.bad(
                    folder + " cannot be written", "make it writable, or set DJL_CACHE_DIR to a folder that is");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = String.format(Locale.ROOT, "%.1f GB free for %s", free / 1e9, folder);
            return free >= neededBytes
                    ? Result.good(found)
                    : Result.bad(found, "free some space, or set DJL_CACHE_DIR to a larger disk");
        } catch (IOException e) {
            return Result.bad(
                    "free space of " + existing + " is unknown: " + e.getMessage(), "choose another DJL_CACHE_DIR");
        }
    }
}
