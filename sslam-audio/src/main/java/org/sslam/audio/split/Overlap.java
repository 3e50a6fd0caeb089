package org.sslam.audio.split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.core.UserException;

/**
 * Refuses splits in which a clip is judged that was trained on.
 *
 * <p>Two clips are one if their files are one (links followed), or if they have the same id and the same bytes: lists
 * with roots of their own may well use a name twice for different sounds.
 */
final class Overlap {
    /** Folders repeat, so each is resolved once. */
    private final Map<Path, Path> realFolders = new HashMap<>();

    private Overlap() {}

    static void refuse(Split split) {
        Overlap overlap = new Overlap();
        overlap.refuse("test clip", split.eval(), "training", split.train());
        split.valid().ifPresent(valid -> {
            overlap.refuse("validation clip", valid, "training", split.train());
            overlap.refuse("test clip", split.eval(), "validation", valid);
        });
    }

    private void refuse(String what, ClipSource judged, String other, ClipSource used) {
        Set<Path> files = new HashSet<>();
        Map<String, Clip> byId = new HashMap<>();
        for (Clip clip : judged.clips()) {
            files.add(real(clip.path()));
            byId.put(clip.id(), clip);
        }
        for (Clip clip : used.clips()) {
            Clip namesake = byId.get(clip.id());
            boolean sameFile = files.contains(real(clip.path()));
            if (sameFile || (namesake != null && sameBytes(namesake.path(), clip.path()))) {
                throw new UserException(
                        what + " " + clip.id() + " is also a " + other + " clip (" + judged.description() + " and "
                                + used.description() + "): a figure on it would say nothing; remove it from one");
            }
        }
    }

    private Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null) {
            return absolute;
        }
        Path file = realFolders.computeIfAbsent(folder, Overlap::resolved).resolve(absolute.getFileName());
        return Files.isSymbolicLink(file) ? resolved(file) : file;
    }

    private static Path resolved(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path;
        }
    }

    /** Whether both files are there and equal to the last byte. */
    static boolean sameBytes(Path a, Path b) {
        try {
            return SoundFiles.exists(a)
                    && SoundFiles.exists(b)
                    && SoundFiles.size(a) == SoundFiles.size(b)
                    && SoundFiles.sha256(a).equals(SoundFiles.sha256(b));
        } catch (IOException unreadable) {
            // an unreadable file is the loader's to report
            return false;
        }
    }
}
