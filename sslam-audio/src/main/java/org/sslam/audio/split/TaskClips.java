package org.sslam.audio.split;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataHash;
import org.sslam.audio.data.Labels;
import org.sslam.core.UserException;

/**
 * The clips of a task, its classes and its splits, checked: every label is known, no test clip is trained on, nothing is
 * empty.
 *
 * @param all every clip once, in the order of the lists; what is computed once for all splits runs over it
 * @param labels the classes
 * @param splits one, or one for each fold that is left out
 * @param expected clips that the data set has as published, where a prepared folder says so; else those that are listed
 */
public record TaskClips(ClipSource all, Labels labels, List<Split> splits, int expected) {
    private static final String DESCRIPTORS = "label_descriptors.csv";

    /** Keeps its own copy. */
    public TaskClips {
        splits = List.copyOf(splits);
    }

    /**
     * Opens what a configuration names.
     *
     * @param notices receives a line for whatever is odd but can be borne, such as a class without training clips
     * @throws UserException if a list is missing or malformed, a label is unknown, a set is empty, or a test clip is
     *     also trained on
     */
    public static TaskClips open(SplitConfig config, Consumer<String> notices) {
        Map<String, ClipSource> lists = TaskLists.open(config);
        ClipSource all = distinct(lists);
        Labels labels = labels(config, all, lists);
        List<Split> splits = lists.size() == 1 ? folds(config, all) : List.of(split(config, lists));
        Copies copies = new Copies();
        for (Split split : splits) {
            SplitChecks.check(split, labels, copies, notices);
        }
        int missing = config.folder().map(TaskLists::missing).orElse(0);
        return new TaskClips(all, labels, splits, all.size() + missing);
    }

    /** Folds that the clips have; 0 for a task without. */
    public int folds() {
        return (int) all.clips().stream()
                .flatMap(clip -> clip.fold().stream().boxed())
                .distinct()
                .count();
    }

    /**
     * Checks clips that a finished model is to judge.
     *
     * @param classes of the model
     * @param model folder of the model
     * @throws UserException if a label is unknown to it, a clip is listed twice or one that it was trained on, or none
     *     has a label
     */
    public static void checkJudged(ClipSource judged, Labels classes, Path model) {
        SplitChecks.checkJudged(judged);
        refuseUnknown(judged, classes, "the model in " + model + " was not trained on");
        TrainingClips.refuse(model, judged);
    }

    /** One SHA-256 over sizes, labels and roles of all clips and the order of classes; which folds are chosen is left out. */
    public String hash() {
        Hasher hasher = Hashing.sha256().newHasher();
        put(hasher, DataHash.quick(all));
        labels.names().forEach(name -> put(hasher, name));
        for (Clip clip : all.clips()) {
            put(hasher, clip.id());
            put(hasher, String.join(";", clip.labels()));
            put(hasher, clip.fold().isPresent() ? Integer.toString(clip.fold().getAsInt()) : "");
        }
        for (Split split : splits) {
            if (split.fold().isEmpty()) {
                putIds(hasher, split.train());
                split.valid().ifPresent(valid -> putIds(hasher, valid));
                putIds(hasher, split.eval());
            }
        }
        return hasher.hash().toString();
    }

    private static void putIds(Hasher hasher, ClipSource source) {
        put(hasher, Integer.toString(source.size()));
        source.clips().forEach(clip -> put(hasher, clip.id()));
    }

    private static void put(Hasher hasher, String text) {
        hasher.putString(text, StandardCharsets.UTF_8).putByte((byte) 0);
    }

    /** Clips of several lists; one that two lists name is kept once. */
    private static ClipSource distinct(Map<String, ClipSource> lists) {
        if (lists.size() == 1) {
            return lists.values().iterator().next();
        }
        Map<Path, Clip> byPath = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        lists.values().forEach(source -> {
            names.add(source.description());
            source.clips().forEach(clip -> byPath.putIfAbsent(clip.path(), clip));
        });
        return ClipSources.of(String.join(", ", names), List.copyOf(byPath.values()));
    }

    private static Labels labels(SplitConfig config, ClipSource all, Map<String, ClipSource> lists) {
        Optional<Path> file = config.descriptors().or(() -> config.folder()
                .filter(Files::isDirectory)
                .map(folder -> folder.resolve(DESCRIPTORS))
                .filter(Files::isRegularFile));
        Labels labels = file.map(Labels::fromDescriptors).orElseGet(() -> Labels.sorted(all));
        file.ifPresent(
                path -> lists.values().forEach(source -> refuseUnknown(source, labels, path + " does not name")));
        return labels;
    }

    /**
     * Refuses clips with labels that are not among the classes.
     *
     * @param notKnown who does not know them, and a verb
     */
    private static void refuseUnknown(ClipSource source, Labels labels, String notKnown) {
        for (Clip clip : source.clips()) {
            for (String label : clip.labels()) {
                if (!labels.contains(label)) {
                    throw new UserException("clip " + clip.id() + " of " + source.description() + " has the label '"
                            + label + "', which " + notKnown + "; correct the label, or add it as a class and train"
                            + " again");
                }
            }
        }
    }

    private static Split split(SplitConfig config, Map<String, ClipSource> lists) {
        if (!config.folds().isEmpty()) {
            throw new UserException("data.folds has no effect where train and eval are lists of their own; remove it");
        }
        return new Split(
                OptionalInt.empty(), lists.get("train"), Optional.ofNullable(lists.get("valid")), lists.get("eval"));
    }

    private static List<Split> folds(SplitConfig config, ClipSource all) {
        TreeSet<Integer> present = new TreeSet<>();
        for (Clip clip : all.clips()) {
            present.add(clip.fold()
                    .orElseThrow(() -> new UserException("clip " + clip.id() + " of " + all.description()
                            + " has no fold; give every clip one, or name data.train and data.eval")));
        }
        if (present.size() < 2) {
            throw new UserException(all.description() + " has the single fold " + present
                    + ", so nothing is left to train on when it is left out; give at least two");
        }
        List<Split> splits = new ArrayList<>();
        for (int fold : config.folds().isEmpty() ? present : new TreeSet<>(config.folds())) {
            TreeSet<Integer> others = new TreeSet<>(present);
            if (!others.remove(fold)) {
                throw new UserException("data.folds names fold " + fold + ", which no clip of " + all.description()
                        + " has; its folds are " + present);
            }
            splits.add(new Split(
                    OptionalInt.of(fold),
                    ClipSources.folds(all, others),
                    Optional.empty(),
                    ClipSources.folds(all, List.of(fold))));
        }
        return splits;
    }
}
