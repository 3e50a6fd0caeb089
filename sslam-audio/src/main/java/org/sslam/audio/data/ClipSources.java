package org.sslam.audio.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.sslam.audio.shard.ShardSet;
import org.sslam.core.UserException;

/** Opens, makes and cuts down sources of clips. */
public final class ClipSources {
    private ClipSources() {}

    /**
     * Opens what a configuration names and keeps the folds and the number of clips it asks for.
     *
     * @throws UserException if it is missing, malformed or empty, or if nothing is left of it
     */
    public static ClipSource open(DataConfig config) {
        Path path = config.format() == DataFormat.AUTO ? listOfMadeSet(config.path()) : config.path();
        DataFormat format = config.format() == DataFormat.AUTO ? detect(path) : config.format();
        if (format != DataFormat.TSV && config.labels().isPresent()) {
            throw new UserException("data.labels is for tsv manifests only, not for " + name(format) + " at " + path
                    + ": remove it, or set data.format: tsv");
        }
        if (format != DataFormat.SHARDS && config.logMel().isStored()) {
            throw new UserException(
                    "data.logMel: stored or stored-rolled is for packed sets only, not for " + name(format) + " at "
                            + path + ": set it to computed, or pack the data with 'data pack --log-mel'");
        }
        ClipSource source = open(format, path, config);
        if (!config.folds().isEmpty()) {
            source = folds(source, config.folds());
        }
        return config.limit() > 0 ? limit(source, config.limit()) : source;
    }

    /** The classes of a source in the order of the configured descriptors, or alphabetical. */
    public static Labels labels(DataConfig config, ClipSource source) {
        return config.descriptors().map(Labels::fromDescriptors).orElseGet(() -> Labels.sorted(source));
    }

    /** A source of given clips. */
    public static ClipSource of(String description, List<Clip> clips) {
        return new MemorySource(description, clips, Optional.empty(), "the list of clips is empty");
    }

    /**
     * The clips of some folds, in the same order.
     *
     * @throws UserException if no clip is in any of them
     */
    public static ClipSource folds(ClipSource source, Collection<Integer> folds) {
        Set<Integer> present = new TreeSet<>();
        source.clips().forEach(clip -> clip.fold().ifPresent(present::add));
        String remedy = present.isEmpty() ? "its clips have no folds" : "its folds are " + present;
        Set<Integer> wanted = Set.copyOf(folds);
        return select(
                source,
                clip -> clip.fold().isPresent() && wanted.contains(clip.fold().getAsInt()),
                "folds " + new TreeSet<>(wanted) + " of " + source.description(),
                remedy);
    }

    /** The first clips of a source. */
    public static ClipSource limit(ClipSource source, int clips) {
        return clips >= source.size()
                ? source
                : new MemorySource(
                        "first " + clips + " clips of " + source.description(),
                        source.clips().subList(0, clips),
                        source.storedMels(),
                        "the limit is 0");
    }

    /**
     * The clips that meet a condition, in the same order.
     *
     * @param description what the selection is called
     * @param remedy what to tell the user if nothing is left
     * @throws UserException if nothing is left
     */
    public static ClipSource select(ClipSource source, Predicate<Clip> condition, String description, String remedy) {
        return new MemorySource(
                description, source.clips().stream().filter(condition).toList(), source.storedMels(), remedy);
    }

    private static ClipSource open(DataFormat format, Path path, DataConfig config) {
        Optional<Path> root = config.root();
        return switch (format) {
            case FOLDER -> FolderSource.open(path, config.labelFromFolder());
            case TSV -> TsvSource.open(path, config.labels().or(() -> TsvSource.labelFileBeside(path)), root);
            case CSV -> ListSource.csv(path, root);
            case JSON -> ListSource.json(path, root);
            case ESC50 -> Esc50Source.open(path);
            case SHARDS -> ShardSource.open(path, config.logMel());
            case AUTO -> throw new IllegalStateException("the format must be known here");
        };
    }

    /** A folder that a command made is read by its list, since its sounds lie in no folders of classes. */
    private static Path listOfMadeSet(Path path) {
        if (Files.exists(path.resolve("task.json"))) {
            throw new UserException(
                    path + " is a prepared task: name one of its lists, for example " + path.resolve("train.csv"));
        }
        boolean made = Files.exists(path.resolve("mix.json")) || Files.exists(path.resolve("synth.json"));
        return made ? path.resolve("labels.csv") : path;
    }

    private static DataFormat detect(Path path) {
        if (ShardSet.isAt(path) || path.endsWith(ShardSet.FILE)) {
            return DataFormat.SHARDS;
        }
        if (Files.isDirectory(path)) {
            return Files.isRegularFile(path.resolve("meta").resolve("esc50.csv"))
                    ? DataFormat.ESC50
                    : DataFormat.FOLDER;
        }
        if (!Files.exists(path)) {
            throw new UserException(path + " does not exist: name a folder or a manifest");
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        for (DataFormat format : List.of(DataFormat.TSV, DataFormat.CSV, DataFormat.JSON)) {
            if (name.endsWith("." + name(format))) {
                return format;
            }
        }
        throw new UserException("cannot tell the format of " + path
                + ": let its name end with .csv, .json or .tsv, or set data.format where there is that key");
    }

    private static String name(DataFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
