package org.sslam.audio.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.sslam.core.UserException;

/**
 * The layout of ESC-50: {@code audio/} and {@code meta/esc50.csv} with the columns filename, fold, target, category.
 *
 * <p>Also fits subsets and re-encoded copies, as long as the table names the files as they lie in {@code audio/}.
 *
 * <p>Source: Piczak, "ESC: Dataset for Environmental Sound Classification", 2015.
 */
public final class Esc50Source extends FixedClips {
    private Esc50Source(Path root, List<Clip> clips) {
        super("ESC-50 folder " + root, clips, "meta/esc50.csv names no clip");
    }

    /**
     * Reads the table.
     *
     * @param root the folder that holds {@code audio/} and {@code meta/}
     * @throws UserException if a folder or the table is missing, or a line is malformed
     */
    public static Esc50Source open(Path root) {
        Manifests.requireFolder(root, "ESC-50 folder");
        Path audio = Manifests.requireFolder(root.resolve("audio"), "ESC-50 audio folder");
        Path table = root.resolve("meta").resolve("esc50.csv");
        CsvTable csv = CsvTable.read(table, "ESC-50 table", List.of("filename", "fold", "target", "category"));
        List<Clip> clips = new ArrayList<>();
        for (CSVRecord row : csv.rows()) {
            long line = csv.line(row);
            String name = row.get("filename");
            String category = row.get("category");
            if (name.isEmpty() || category.isEmpty()) {
                throw Manifests.malformed(table, line, "filename and category must not be empty");
            }
            Path path = Manifests.resolve(audio, name, table, line);
            clips.add(new Clip("audio/" + name, path, Set.of(category), Manifests.fold(row.get("fold"), table, line)));
        }
        return new Esc50Source(root, clips);
    }
}
