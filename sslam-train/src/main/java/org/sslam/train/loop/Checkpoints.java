package org.sslam.train.loop;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.Hashes;
import org.sslam.core.nn.Weights;

/**
 * Checkpoint directories {@code step-NNNNNNNNN}: weights, moments and state, written beside, hashed, synced and renamed.
 *
 * <p>A directory under its final name is complete; what it holds is checked against {@code manifest.json} before it is
 * used. The newest K stay, and every N-th for good; the one just written is never removed.
 */
public final class Checkpoints {
    private static final String PREFIX = "step-";
    private static final String UNFINISHED = ".unfinished-";
    private static final String REPLACED = ".replaced-";
    private static final String DAMAGED = ".damaged-";
    private static final String INSIDE_A_RUN = "checkpoints";
    private static final String MANIFEST = "manifest.json";
    private static final String STATE = "state.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final LoopConfig config;
    private final Consumer<String> notices;

    /**
     * A checkpoint that passed its check.
     *
     * @param path its directory
     * @param state where the run stood
     */
    public record Saved(Path path, TrainState state) {}

    /**
     * @param directory parent of all checkpoints, created when the first is written
     * @param notices receives one line for each checkpoint that had to be passed over
     */
    public Checkpoints(Path directory, LoopConfig config, Consumer<String> notices) {
        this.directory = directory;
        this.config = config;
        this.notices = notices;
    }

    /**
     * Writes a checkpoint.
     *
     * @param files tensors by file name and tensor name
     * @param texts other files by name and content
     * @throws UserException if it cannot be written; earlier checkpoints are untouched
     */
    public Path save(TrainState state, Map<String, Map<String, NDArray>> files, Map<String, String> texts) {
        Path target = directory.resolve("%s%09d".formatted(PREFIX, state.updates()));
        Path unfinished = directory.resolve(UNFINISHED + target.getFileName());
        if (Files.isDirectory(target)
                && damage(target).isEmpty()
                && read(target).state().equals(state)) {
            return target;
        }
        try {
            tidy();
            AtomicFiles.createDirectories(unfinished);
            Map<String, String> hashes = new TreeMap<>();
            for (Map.Entry<String, Map<String, NDArray>> file : files.entrySet()) {
                Path path = unfinished.resolve(file.getKey() + ".safetensors");
                Weights.write(path, Map.of("updates", Long.toString(state.updates())), file.getValue());
                hashes.put(path.getFileName().toString(), Hashes.sha256(path));
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                writeHashed(unfinished.resolve(text.getKey()), text.getValue(), hashes);
            }
            writeHashed(unfinished.resolve(STATE), JSON.writeValueAsString(state), hashes);
            AtomicFiles.writeString(unfinished.resolve(MANIFEST), JSON.writeValueAsString(hashes));
            replace(target, unfinished);
            prune(target);
            return target;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state is plain numbers", e);
        } catch (UserException e) {
            removeUnfinished(unfinished, e);
            throw new UserException(
                    "checkpoint " + target + " could not be written (" + e.getMessage()
                            + "); earlier checkpoints are intact, mend the cause and run the same command again",
                    e);
        }
    }

    /** Gives a full disk its space back; if even that fails, the next save tries again. */
    private static void removeUnfinished(Path unfinished, UserException cause) {
        try {
            AtomicFiles.deleteTree(unfinished);
        } catch (UserException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * The newest checkpoint that is whole.
     *
     * <p>A damaged one is passed over with a notice.
     *
     * @throws UserException if there are checkpoints but none is whole
     */
    public Optional<Saved> latest() {
        tidy();
        return newestWhole(directory, notices);
    }

    /**
     * The checkpoint that a folder means: itself, or the newest whole one of a run's folder. Changes nothing, so the run
     * may be going on.
     *
     * @param folder of a run, or a checkpoint
     * @throws UserException if there is none
     */
    public static Saved of(Path folder, Consumer<String> notices) {
        Path inside = folder.resolve(INSIDE_A_RUN);
        if (!Files.isDirectory(inside)) {
            return open(folder);
        }
        return newestWhole(inside, notices)
                .orElseThrow(() -> new UserException(folder + " has no checkpoint yet; let that run write one first"));
    }

    private static Optional<Saved> newestWhole(Path directory, Consumer<String> notices) {
        List<Path> found = list(directory);
        for (Path path : found) {
            Optional<String> damage = damage(path);
            if (damage.isEmpty()) {
                return Optional.of(read(path));
            }
            notices.accept("checkpoint " + path + " is damaged (" + damage.get() + "); trying the one before it");
        }
        if (!found.isEmpty()) {
            throw new UserException("no checkpoint in " + directory + " is whole; remove that folder to start again,"
                    + " or restore one of: " + found);
        }
        return Optional.empty();
    }

    /**
     * Opens one checkpoint directory.
     *
     * @throws UserException if it is missing or damaged
     */
    public static Saved open(Path path) {
        damage(path).ifPresent(reason -> {
            throw new UserException("checkpoint " + path + " cannot be used: " + reason
                    + "; name another one, or the run's folder for its newest whole one");
        });
        return read(path);
    }

    private static Saved read(Path path) {
        try {
            return new Saved(path, JSON.readValue(path.resolve(STATE).toFile(), TrainState.class));
        } catch (IOException e) {
            throw new UserException("checkpoint " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Finishes what a kill interrupted: brings a replaced checkpoint back if its successor never came, drops the rest. */
    private void tidy() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path old : entries(directory, name -> name.startsWith(REPLACED))) {
            Path target = directory.resolve(old.getFileName().toString().substring(REPLACED.length()));
            if (Files.exists(target)) {
                AtomicFiles.deleteTree(old);
            } else {
                AtomicFiles.moveDirectory(old, target);
            }
        }
        entries(directory, name -> name.startsWith(UNFINISHED)).forEach(AtomicFiles::deleteTree);
    }

    /** All checkpoint directories, the newest first. */
    public List<Path> list() {
        return list(directory);
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        return entries(directory, name -> name.matches(PREFIX + "\\d{9}")).stream()
                .sorted(Comparator.comparing(Checkpoints::updatesOf).reversed())
                .toList();
    }

    private static List<Path> entries(Path directory, Predicate<String> names) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(p -> names.test(p.getFileName().toString())).toList();
        } catch (IOException e) {
            throw new UserException("the checkpoints in " + directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Renamed first, so that a half-deleted folder never bears a checkpoint's name. */
    private void remove(Path checkpoint) {
        Path doomed = directory.resolve(UNFINISHED + "removed-" + checkpoint.getFileName());
        AtomicFiles.deleteTree(doomed);
        AtomicFiles.moveDirectory(checkpoint, doomed);
        AtomicFiles.deleteTree(doomed);
    }

    /** A kill at any point leaves the old or the new folder to be found again. */
    private void replace(Path target, Path by) {
        Path old = directory.resolve(REPLACED + target.getFileName());
        if (Files.exists(target)) {
            AtomicFiles.deleteTree(old);
            AtomicFiles.moveDirectory(target, old);
        }
        AtomicFiles.moveDirectory(by, target);
        AtomicFiles.deleteTree(old);
    }

    private static Optional<String> damage(Path path) {
        Path manifest = path.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return Optional.of("there is no " + MANIFEST);
        }
        try {
            Map<String, String> hashes = JSON.readValue(manifest.toFile(), new TypeReference<>() {});
            if (hashes == null || !hashes.containsKey(STATE)) {
                return Optional.of(MANIFEST + " does not name " + STATE);
            }
            for (Map.Entry<String, String> entry : hashes.entrySet()) {
                Path file = path.resolve(entry.getKey());
                if (!Files.isRegularFile(file)) {
                    return Optional.of(entry.getKey() + " is missing");
                }
                if (!Hashes.sha256(file).equals(entry.getValue())) {
                    return Optional.of(entry.getKey() + " differs from its hash");
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(MANIFEST + " is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException | UserException e) {
            throw unreadable(path, e);
        }
    }

    /** What cannot be read now may be whole: nothing is passed over, renamed or overwritten for that. */
    private static UserException unreadable(Path path, Exception cause) {
        return new UserException(
                "checkpoint " + path + " cannot be read (" + cause.getMessage()
                        + "); mend the disk or its permissions and run the same command again, or remove that folder to"
                        + " go on from the one before it",
                cause);
    }

    /** Damaged folders newer than the one just written are set aside, so that they never push a whole one out. */
    private void prune(Path written) {
        for (Path path : list()) {
            if (updatesOf(path) > updatesOf(written)) {
                Path aside = directory.resolve(DAMAGED + path.getFileName());
                AtomicFiles.deleteTree(aside);
                AtomicFiles.moveDirectory(path, aside);
                notices.accept("the damaged checkpoint " + path + " is " + aside.getFileName()
                        + " now; remove it if you need its space");
            }
        }
        List<Path> found = list();
        for (Path path : found.subList(Math.min(config.keepLast(), found.size()), found.size())) {
            boolean milestone = config.keepEvery() > 0 && updatesOf(path) % config.keepEvery() == 0;
            if (!milestone) {
                remove(path);
            }
        }
    }

    private static long updatesOf(Path path) {
        return Long.parseLong(path.getFileName().toString().substring(PREFIX.length()));
    }

    private static void writeHashed(Path path, String content, Map<String, String> hashes) {
        AtomicFiles.writeString(path, content);
        hashes.put(path.getFileName().toString(), Hashes.sha256(path));
    }
}
