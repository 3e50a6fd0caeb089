package org.sslam.audio.split;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.Labels;
import org.sslam.core.UserException;

/** Refuses splits whose figure would say nothing, and tells of classes that it says little about. */
final class SplitChecks {
    private static final int NAMED = 5;

    private SplitChecks() {}

    /**
     * Checks one split.
     *
     * @param copies remembers what it has looked at from split to split
     * @param notices receives a line for each thing that can be borne
     * @throws UserException for what would make the figure meaningless
     */
    static void check(Split split, Labels labels, Copies copies, Consumer<String> notices) {
        refuseTwice(split.eval());
        refuseContradictions(split.train());
        split.valid().ifPresent(SplitChecks::refuseTwice);
        Overlap.refuse(split);
        copies.tell(split, notices);
        String where = split.name().isEmpty() ? "" : ", " + split.name() + " left out";
        split.valid().ifPresent(valid -> requireLabels(valid, "validation clip", "nothing can be chosen by them"));
        requireLabels(split.eval(), "test clip", "nothing can be judged");
        requireLabels(split.train(), "training clip", "nothing can be learnt");
        absent(split.train(), labels)
                .ifPresent(names -> notices.accept(
                        "no training clip" + where + " has " + names + ": what is said of them is a guess"));
        absent(split.eval(), labels)
                .ifPresent(names ->
                        notices.accept("no test clip" + where + " has " + names + ": they do not count in averages"));
    }

    /**
     * Checks clips that a finished model judges.
     *
     * @throws UserException if one is listed twice, or none has a label
     */
    static void checkJudged(ClipSource judged) {
        refuseTwice(judged);
        requireLabels(judged, "clip", "nothing can be judged");
    }

    /** A list with a line for each label would teach that a clip is one thing now and another then. */
    private static void refuseContradictions(ClipSource train) {
        Map<Path, Clip> seen = new HashMap<>();
        for (Clip clip : train.clips()) {
            Clip before = seen.putIfAbsent(clip.path(), clip);
            if (before != null && !before.labels().equals(clip.labels())) {
                throw new UserException("clip " + clip.id() + " of " + train.description() + " is listed as "
                        + String.join(";", before.labels()) + " and as " + String.join(";", clip.labels())
                        + "; give it one line with all labels");
            }
        }
    }

    private static void refuseTwice(ClipSource judged) {
        Set<String> seen = new HashSet<>();
        for (Clip clip : judged.clips()) {
            if (!seen.add(clip.id())) {
                throw new UserException("clip " + clip.id() + " of " + judged.description()
                        + " is listed twice and would count twice; remove one line, or give both one line with all"
                        + " labels");
            }
        }
    }

    private static void requireLabels(ClipSource source, String what, String consequence) {
        if (source.clips().stream().allMatch(clip -> clip.labels().isEmpty())) {
            throw new UserException(source.description() + ": no " + what + " has a label, so " + consequence
                    + "; check the column or file of labels");
        }
    }

    /** The classes that no clip has, the first few by name. */
    private static Optional<String> absent(ClipSource source, Labels labels) {
        List<String> missing = new ArrayList<>(labels.names());
        TreeSet<String> seen = new TreeSet<>();
        source.clips().forEach(clip -> seen.addAll(clip.labels()));
        missing.removeAll(seen);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more classes" : "";
        return Optional.of((missing.size() == 1 ? "class " : "classes ")
                + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
                + more);
    }
}
