package org.sslam.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Training clips that could not be decoded, over all starts of a run; a checkpoint keeps their ids as {@value #FILE}, so
 * that a run that was stopped names as many as one that was not.
 */
final class BrokenClips {
    static final String FILE = "broken.json";

    private final List<String> before;
    private final Supplier<List<String>> now;

    /**
     * @param before those of earlier starts
     * @param now those of this start so far
     */
    BrokenClips(List<String> before, Supplier<List<String>> now) {
        this.before = before;
        this.now = now;
    }

    /** Those that a checkpoint keeps. */
    static List<String> read(Path checkpoint) {
        return ListFile.read(checkpoint.resolve(FILE), String.class);
    }

    /** All of them, in alphabetical order. */
    List<String> ids() {
        TreeSet<String> all = new TreeSet<>(before);
        all.addAll(now.get());
        return List.copyOf(all);
    }

    String toJson() {
        return ListFile.text(ids());
    }
}
