package org.sslam.eval.report.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sslam.audio.data.Clip;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;
import org.sslam.core.io.NpyReader;

/**
 * Clips with vectors that were made before: a folder with {@code index.csv} (columns {@code shard}, {@code offset}, {@code
 * id}, {@code path}) and {@code vectors-00000.npy} and so on.
 *
 * @param clips what the vectors are of, without labels
 * @param vectorsND one a clip
 */
public record EmbeddedClips(List<Clip> clips, float[][] vectorsND) {
    private static final String INDEX = "index.csv";

    /**
     * Reads clips from all over the index.
     *
     * @param most how many at most
     * @throws UserException if the folder is something else, or a file of vectors is missing or malformed
     */
    public static EmbeddedClips read(Path folder, int most) {
        List<CSVRecord> lines = index(folder);
        int count = Math.min(most, lines.size());
        List<Clip> clips = new ArrayList<>();
        float[][] vectorsND = new float[count][];
        for (int i = 0; i < count; i++) {
            CSVRecord line = lines.get((int) ((long) i * lines.size() / count));
            clips.add(Clip.unlabelled(line.get("id"), Path.of(line.get("path"))));
            vectorsND[i] = vector(folder, line);
            if (vectorsND[i].length != vectorsND[0].length) {
                throw malformed(
                        folder, "vectors of " + vectorsND[0].length + " and " + vectorsND[i].length + " numbers");
            }
        }
        return new EmbeddedClips(clips, vectorsND);
    }

    private static float[] vector(Path folder, CSVRecord line) {
        try {
            String name = String.format(Locale.ROOT, "vectors-%05d.npy", Integer.parseInt(line.get("shard")));
            try (NpyReader shard = NpyReader.open(folder.resolve(name))) {
                return shard.row(Long.parseLong(line.get("offset")));
            }
        } catch (NumberFormatException e) {
            throw malformed(folder, "line " + line.getRecordNumber() + ": " + e.getMessage());
        }
    }

    private static List<CSVRecord> index(Path folder) {
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            throw new UserException(folder + " holds no " + INDEX + "; name a folder that 'sslam embed' wrote");
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .build();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(index), format)) {
            if (!parser.getHeaderNames().containsAll(List.of("shard", "offset", "id", "path"))) {
                throw malformed(folder, "its columns are " + parser.getHeaderNames());
            }
            List<CSVRecord> lines = parser.getRecords();
            if (lines.isEmpty() || !lines.stream().allMatch(CSVRecord::isConsistent)) {
                throw malformed(folder, "no lines, or lines that are cut short");
            }
            return lines;
        } catch (IOException e) {
            throw IoErrors.cannotRead(index, e);
        } catch (UncheckedIOException e) {
            throw IoErrors.cannotRead(index, e.getCause());
        }
    }

    private static UserException malformed(Path folder, String reason) {
        return new UserException(
                folder.resolve(INDEX) + " is no index of vectors (" + reason + "); run 'sslam embed' again");
    }
}
