package org.sslam.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.io.AppendFile;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;

/**
 * The folder of one run, held by one process at a time.
 *
 * <pre>
 * config.yaml       the whole configuration, defaults included
 * provenance.json   how the run began
 * starts.jsonl      the same record for every start, one a line
 * data.tsv.gz       what the data held when the run began, see {@link DataListing}
 * run.lock          who holds the folder
 * metrics.jsonl, tensorboard/, checkpoints/
 * </pre>
 */
public final class RunDirectory implements AutoCloseable {
    private static final String CONFIG = "config.yaml";
    /** Name of the file that says how a run began. */
    public static final String PROVENANCE = "provenance.json";

    private static final String CHECKPOINTS = "checkpoints";
    private static final int NAMED_DIFFERENCES = 5;
    private static final String STARTS = "starts.jsonl";
    private static final String DATA = "data.tsv.gz";

    private final Path folder;
    private final DirectoryLock lock;
    private final boolean reopened;

    private RunDirectory(Path folder, DirectoryLock lock, boolean reopened) {
        this.folder = folder;
        this.lock = lock;
        this.reopened = reopened;
    }

    /**
     * Makes a run folder, or reopens one to go on with its run.
     *
     * @param config the run's bound configuration
     * @param provenance of this start
     * @param free beginnings of keys that may change between starts, since at most last bits depend on them
     * @throws UserException if the folder cannot be written, another process holds it, or it belongs to a run with
     *     another configuration or other data; nothing in it is changed then
     */
    public static RunDirectory open(Path folder, Record config, Provenance provenance, Set<String> free) {
        return open(folder, config, provenance, free, Optional.empty());
    }

    /**
     * As above, keeping a listing of the data so that changed items can be named.
     *
     * @param data the listing that {@code provenance.dataHash()} is the hash of
     */
    public static RunDirectory open(
            Path folder, Record config, Provenance provenance, Set<String> free, DataListing data) {
        return open(folder, config, provenance, free, Optional.of(data));
    }

    private static RunDirectory open(
            Path folder, Record config, Provenance provenance, Set<String> free, Optional<DataListing> data) {
        AtomicFiles.createDirectories(folder);
        DirectoryLock lock = DirectoryLock.take(folder);
        boolean opened = false;
        try {
            boolean reopened = Files.exists(folder.resolve(CONFIG)) && hasBegun(folder);
            if (reopened) {
                refuseOtherConfig(folder, config, free);
                refuseOtherData(folder, provenance, data);
            }
            AtomicFiles.sweep(folder);
            data.ifPresent(listing -> keep(listing, folder.resolve(DATA), reopened));
            record(folder, config, provenance, reopened);
            opened = true;
            return new RunDirectory(folder, lock, reopened);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** Whether the folder held this run before. */
    public boolean reopened() {
        return reopened;
    }

    /** The configuration the run began with. */
    public Path config() {
        return folder.resolve(CONFIG);
    }

    /** Where checkpoints go; not made here. */
    public Path checkpoints() {
        return folder.resolve(CHECKPOINTS);
    }

    /** The file of the {@link MetricLog}. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** The folder of the {@link TensorBoardWriter}. */
    public Path tensorBoard() {
        return folder.resolve("tensorboard");
    }

    /** How the run began. */
    public Provenance provenance() {
        return provenance(folder);
    }

    /**
     * How the run of a folder began; the folder need not be held.
     *
     * @throws UserException if it is no run's
     */
    public static Provenance provenance(Path folder) {
        Path file = folder.resolve(PROVENANCE);
        return Provenance.fromJson(file.toString(), read(file));
    }

    /** Lets another process have the folder. */
    @Override
    public void close() {
        lock.close();
    }

    private static void keep(DataListing listing, Path file, boolean reopened) {
        if (!reopened || !Files.exists(file)) {
            listing.write(file);
        }
    }

    private static void record(Path folder, Record config, Provenance provenance, boolean reopened) {
        if (!reopened || !Files.exists(folder.resolve(PROVENANCE))) {
            AtomicFiles.writeString(folder.resolve(PROVENANCE), provenance.toJson());
        }
        // The configuration comes last: where it stands, the folder is a run's and complete.
        if (!reopened) {
            AtomicFiles.writeString(folder.resolve(CONFIG), Config.dump(config));
        }
        try (AppendFile starts = AppendFile.open(folder.resolve(STARTS))) {
            starts.append((provenance.toJsonLine() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A start that saved nothing, because something was wrong with its configuration, claims nothing. */
    private static boolean hasBegun(Path folder) {
        return Files.isDirectory(folder.resolve(CHECKPOINTS));
    }

    private static void refuseOtherConfig(Path folder, Record config, Set<String> free) {
        List<String> differing = Config.differences(read(folder.resolve(CONFIG)), Config.dump(config)).stream()
                .filter(difference -> free.stream().noneMatch(difference::startsWith))
                .toList();
        if (!differing.isEmpty()) {
            throw new UserException("run folder " + folder + " belongs to a run with another configuration: "
                    + String.join(", ", differing.subList(0, Math.min(NAMED_DIFFERENCES, differing.size())))
                    + (differing.size() > NAMED_DIFFERENCES
                            ? " and " + (differing.size() - NAMED_DIFFERENCES) + " more"
                            : "")
                    + "; set these back or choose another folder");
        }
    }

    private static void refuseOtherData(Path folder, Provenance now, Optional<DataListing> data) {
        Path file = folder.resolve(PROVENANCE);
        if (!Files.exists(file)) {
            return;
        }
        String before = Provenance.fromJson(file.toString(), read(file)).dataHash();
        if (!before.isEmpty() && !now.dataHash().isEmpty() && !before.equals(now.dataHash())) {
            String what = "hash " + before + ", now " + now.dataHash();
            if (data.isPresent() && Files.exists(folder.resolve(DATA))) {
                what = DataListing.read(folder.resolve(DATA)).differences(data.get());
                if (what.isEmpty()) {
                    return;
                }
            }
            throw new UserException("run folder " + folder + " belongs to a run on other data (" + what
                    + "); restore the data or choose another folder");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }
}
