package org.sslam.audio.split;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.shard.ShardSet;
import org.sslam.audio.task.PreparedTask;
import org.sslam.core.UserException;

/** Finds the lists of a task, in whichever way they are named. */
final class TaskLists {
    /** Role of a single list with folds. */
    static final String ALL = "all";

    private static final List<String> EXTENSIONS = List.of("csv", "json", "tsv");

    private TaskLists() {}

    /**
     * Opens the lists by their role: {@code train}, {@code eval} and perhaps {@code valid}; or {@code all} for a single
     * list whose clips have folds.
     *
     * @throws UserException if a list is missing or malformed, or the folder is no task's
     */
    static Map<String, ClipSource> open(SplitConfig config) {
        Map<String, ClipSource> lists = new LinkedHashMap<>();
        if (config.train().isPresent()) {
            lists.put("train", ClipSources.open(config.at(config.train().orElseThrow())));
            config.valid().ifPresent(path -> lists.put("valid", ClipSources.open(config.at(path))));
            lists.put("eval", ClipSources.open(config.at(config.eval().orElseThrow())));
            return lists;
        }
        Path folder = config.folder().orElseThrow();
        if (!Files.isDirectory(folder)) {
            lists.put(ALL, ClipSources.open(config.at(folder)));
            return lists;
        }
        prepared(folder);
        if (Files.isRegularFile(folder.resolve("meta").resolve("esc50.csv")) || ShardSet.isAt(folder)) {
            lists.put(ALL, ClipSources.open(config.at(folder)));
            return lists;
        }
        for (String name : List.of("train", "valid", "eval")) {
            listIn(folder, name).ifPresent(path -> lists.put(name, ClipSources.open(config.at(path))));
        }
        if (lists.containsKey("train") && lists.containsKey("eval")) {
            return lists;
        }
        Optional<ClipSource> folded = lists.isEmpty()
                ? listIn(folder, "labels").map(path -> ClipSources.open(config.at(path)))
                : Optional.ofNullable(lists.size() == 1 ? lists.get("train") : null)
                        .filter(source ->
                                source.clips().stream().anyMatch(c -> c.fold().isPresent()));
        if (folded.isPresent()) {
            return Map.of(ALL, folded.get());
        }
        throw new UserException("data.folder " + folder + " holds no "
                + (lists.containsKey("train") ? "eval" : "train") + ".csv (nor .json, .tsv) and is not in ESC-50's"
                + " layout; prepare it with 'sslam data prepare', or name data.train and data.eval");
    }

    /** Clips that a prepared folder's data set should have beside those it lists. */
    static int missing(Path folder) {
        return prepared(folder)
                .map(task -> Arrays.stream(org.sslam.audio.task.Split.values())
                        .mapToInt(part -> task.expected(part) - task.found(part))
                        .sum())
                .orElse(0);
    }

    /** A folder that preparing was cut off in is refused. */
    private static Optional<PreparedTask> prepared(Path folder) {
        return Files.isRegularFile(folder.resolve(PreparedTask.MARKER))
                ? Optional.of(PreparedTask.open(folder))
                : Optional.empty();
    }

    private static Optional<Path> listIn(Path folder, String name) {
        List<Path> found = EXTENSIONS.stream()
                .map(extension -> folder.resolve(name + "." + extension))
                .filter(Files::isRegularFile)
                .toList();
        if (found.size() > 1) {
            throw new UserException("data.folder " + folder + " holds "
                    + found.get(0).getFileName() + " and " + found.get(1).getFileName()
                    + "; remove one, or name the lists by data.train and data.eval");
        }
        return found.stream().findFirst();
    }
}
