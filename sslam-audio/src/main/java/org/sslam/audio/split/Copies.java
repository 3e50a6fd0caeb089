package org.sslam.audio.split;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;

/**
 * Tells of sounds that are judged under one name and trained on under another. Published sets have such copies and cannot
 * be changed, so they are no error; a figure on them is too good.
 */
final class Copies {
    /** Beyond these the search would hold up every start; {@code data verify} finds copies in sets of any size. */
    static final int MOST_CLIPS = 200_000;

    private final Map<Path, Optional<String>> fingerprints = new HashMap<>();

    /** Receives one line if there are copies. */
    void tell(Split split, Consumer<String> notices) {
        if (split.train().size() + split.eval().size() > MOST_CLIPS) {
            return;
        }
        Map<String, Clip> judged = new HashMap<>();
        for (Clip clip : split.eval().clips()) {
            fingerprint(clip.path()).ifPresent(print -> judged.put(print, clip));
        }
        int copies = 0;
        String first = "";
        for (Clip clip : split.train().clips()) {
            Clip twin = fingerprint(clip.path()).map(judged::get).orElse(null);
            if (twin != null && Overlap.sameBytes(twin.path(), clip.path())) {
                copies++;
                first = first.isEmpty() ? twin.id() + " is " + clip.id() : first;
            }
        }
        if (copies > 0) {
            notices.accept(line(split, copies, first));
        }
    }

    private static String line(Split split, int copies, String first) {
        ClipSource train = split.train();
        String where = split.name().isEmpty() ? "" : ", " + split.name() + " left out";
        return copies + (copies == 1 ? " training clip" : " training clips") + " of " + train.description() + where
                + (copies == 1 ? " is" : " are") + " byte for byte a test clip of another name (" + first
                + "): the figure is too good; remove one of each";
    }

    private Optional<String> fingerprint(Path file) {
        return fingerprints.computeIfAbsent(file, Fingerprint::of);
    }
}
