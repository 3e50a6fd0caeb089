package org.sslam.eval.report.page;

import java.nio.file.Path;
import java.util.Optional;
import org.sslam.eval.statistics.Resampling;

/**
 * What a report may be told.
 *
 * @param data sounds to show, instead of those that the configurations name
 * @param encoder folder of the encoder for the map, instead of a run's own
 * @param features folder of vectors that were made before, for the map, instead of an encoder
 * @param examples clips to show and to mix; 0: none
 * @param mapClips most clips on the map; 0: no map
 * @param resampling of intervals
 * @param seed of the chosen clips and mixed regions
 */
public record ReportOptions(
        Optional<Path> data,
        Optional<Path> encoder,
        Optional<Path> features,
        int examples,
        int mapClips,
        Resampling resampling,
        long seed) {
    private static final int MOST_EXAMPLES = 24;
    private static final int MOST_MAP_CLIPS = 5000;

    /** Checks the numbers. */
    public ReportOptions {
        if (encoder.isPresent() && features.isPresent()) {
            throw new IllegalArgumentException("the map comes from an encoder or from features; give one of them");
        }
        if (examples < 0 || examples > MOST_EXAMPLES) {
            throw new IllegalArgumentException("examples must be 0 to " + MOST_EXAMPLES + ", not " + examples);
        }
        if (mapClips < 0 || mapClips > MOST_MAP_CLIPS) {
            throw new IllegalArgumentException("clips on the map must be 0 to " + MOST_MAP_CLIPS + ", not " + mapClips);
        }
    }

    /** Three examples, a map of at most 400 clips, 1000 resamples. */
    public static ReportOptions standard() {
        return new ReportOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), 3, 400, Resampling.standard(), 1);
    }
}
