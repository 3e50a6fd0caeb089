package org.sslam.audio.split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/**
 * The clips a model was trained on, written beside it as lines {@code fingerprint<TAB>id}, so that a later judgement on
 * other lists can still tell a sound that the model has heard, whatever it is called there.
 */
public final class TrainingClips {
    /** Name of the file. */
    public static final String FILE = "training-clips.txt";

    private static final char SEPARATOR = '\t';

    private TrainingClips() {}

    /** The file's text: training clips, and validation clips, which chose the epoch. */
    public static String text(Split split) {
        StringBuilder text = new StringBuilder();
        add(text, split.train());
        split.valid().ifPresent(valid -> add(text, valid));
        return text.toString();
    }

    private static void add(StringBuilder text, ClipSource source) {
        for (Clip clip : source.clips()) {
            Fingerprint.of(clip.path()).ifPresent(print -> text.append(print)
                    .append(SEPARATOR)
                    .append(clip.id())
                    .append('\n'));
        }
    }

    /**
     * Refuses clips that a model was trained on; a model without the file is taken at its user's word.
     *
     * @param model folder of the model
     * @throws UserException if a clip of equal content is in its list
     */
    public static void refuse(Path model, ClipSource judged) {
        Path file = model.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return;
        }
        Map<String, String> seen = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int end = line.indexOf(SEPARATOR);
                if (end > 0) {
                    seen.put(line.substring(0, end), line.substring(end + 1));
                }
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
        for (Clip clip : judged.clips()) {
            String trained = Fingerprint.of(clip.path()).map(seen::get).orElse(null);
            if (trained != null) {
                throw new UserException("test clip " + clip.id() + " of " + judged.description()
                        + " is one that the model was trained on (" + trained + " in " + file
                        + "): a figure on it would say nothing; leave it out, for example by --fold");
            }
        }
    }
}
