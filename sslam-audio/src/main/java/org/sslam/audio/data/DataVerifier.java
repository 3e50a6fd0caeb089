package org.sslam.audio.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.core.UserException;
import org.sslam.core.run.DataListing;

/** Decodes every file of a data set and reports what a training run would stumble over. */
public final class DataVerifier {
    private final AudioDecoder decoder;
    private final Options options;

    /**
     * What counts as a problem.
     *
     * @param minSeconds shortest sound that is right
     * @param maxSeconds longest sound that is right
     * @param silentPeak a clip is silent if no sample lies further from the clip's mean (full scale is 1)
     * @param threads number of files looked at together; 0 means one for each processor
     * @param timeout longest time one file may take
     */
    public record Options(double minSeconds, double maxSeconds, double silentPeak, int threads, Duration timeout) {
        /** Checks the limits. */
        public Options {
            if (!(minSeconds >= 0) || !(maxSeconds >= minSeconds) || !(silentPeak >= 0) || threads < 0) {
                throw new IllegalArgumentException("0 <= minSeconds <= maxSeconds, silentPeak >= 0 and threads >= 0"
                        + " must hold, not " + minSeconds + ", " + maxSeconds + ", " + silentPeak + ", " + threads);
            }
        }

        /** At least one analysis frame of 25 ms, no longer than an hour, silent below -80 dB of full scale. */
        public static Options standard() {
            return new Options(0.025, 3600, 1e-4, 0, DecodeLimits.LONGEST_TIME);
        }
    }

    /**
     * @param decoder reads the files
     * @param options what counts as a problem
     */
    public DataVerifier(AudioDecoder decoder, Options options) {
        this.decoder = decoder;
        this.options = options;
    }

    /**
     * Looks at every clip; never stops at a bad one.
     *
     * @throws UserException if one takes longer than the time limit
     */
    public VerifyReport verify(ClipSource source, ProgressListener progress) {
        Tally tally = new Tally();
        OrderedParallel.forEach(
                source.size(),
                options.threads(),
                ClipWatch.over(source, options.timeout()),
                index -> look(source.clip(index)),
                (index, finding) -> {
                    tally.add(finding);
                    progress.advanced(index + 1, source.size());
                });
        return tally.report(source);
    }

    private record Finding(Clip clip, String sha, double seconds, int rateHz, List<DataProblem> problems) {}

    private Finding look(Clip clip) {
        List<DataProblem> problems = new ArrayList<>();
        if (!SoundFiles.exists(clip.path())) {
            problems.add(problem(DataProblem.Kind.MISSING, clip, "no such file"));
            return new Finding(clip, DataHash.MISSING, 0, 0, problems);
        }
        String sha;
        try {
            sha = SoundFiles.sha256(clip.path());
        } catch (UserException e) {
            return unreadable(clip, "", e.getMessage());
        }
        try {
            Waveform wave = decoder.decode(clip.path());
            float[] samples = wave.samples();
            double seconds = samples.length / (double) wave.sampleRateHz();
            if (seconds < options.minSeconds() || seconds > options.maxSeconds()) {
                problems.add(problem(
                        DataProblem.Kind.WRONG_LENGTH,
                        clip,
                        String.format(
                                Locale.ROOT,
                                "%.3f s, allowed %s to %s s",
                                seconds,
                                options.minSeconds(),
                                options.maxSeconds())));
            }
            double peak = peak(samples);
            if (Double.isNaN(peak)) {
                problems.add(problem(DataProblem.Kind.UNREADABLE, clip, "holds samples that are not finite numbers"));
            } else if (peak <= options.silentPeak()) {
                problems.add(problem(DataProblem.Kind.SILENT, clip, String.format(Locale.ROOT, "peak %.1e", peak)));
            }
            return new Finding(clip, sha, seconds, wave.sampleRateHz(), problems);
        } catch (AudioException e) {
            return unreadable(clip, sha, e.reason());
        }
    }

    private static Finding unreadable(Clip clip, String sha, String reason) {
        return new Finding(clip, sha, 0, 0, List.of(problem(DataProblem.Kind.UNREADABLE, clip, reason)));
    }

    private static DataProblem problem(DataProblem.Kind kind, Clip clip, String detail) {
        return new DataProblem(kind, clip.id(), clip.path(), detail);
    }

    /** Largest distance from the mean; NaN if any sample is not finite. */
    private static double peak(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample;
        }
        double mean = samples.length == 0 ? 0 : sum / samples.length;
        double peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample - mean));
        }
        return Double.isFinite(mean) ? peak : Double.NaN;
    }

    private static final class Tally {
        private final List<DataListing.Entry> entries = new ArrayList<>();
        private final Map<String, String> firstByHash = new HashMap<>();
        private final SortedMap<Integer, Integer> rates = new TreeMap<>();
        private final SortedMap<String, Integer> labels = new TreeMap<>();
        private final List<DataProblem> problems = new ArrayList<>();
        private double seconds;
        private int sound;

        void add(Finding finding) {
            Clip clip = finding.clip();
            entries.add(new DataListing.Entry(clip.id(), finding.sha()));
            clip.labels().forEach(label -> labels.merge(label, 1, Integer::sum));
            List<DataProblem> found = new ArrayList<>(finding.problems());
            if (!finding.sha().isEmpty() && !finding.sha().equals(DataHash.MISSING)) {
                String first = firstByHash.putIfAbsent(finding.sha(), clip.id());
                if (first != null) {
                    found.add(problem(DataProblem.Kind.DUPLICATE, clip, "same bytes as " + first));
                }
            }
            if (finding.rateHz() > 0) {
                rates.merge(finding.rateHz(), 1, Integer::sum);
                seconds += finding.seconds();
            }
            sound += found.isEmpty() ? 1 : 0;
            problems.addAll(found);
        }

        VerifyReport report(ClipSource source) {
            return new VerifyReport(
                    source.description(),
                    source.size(),
                    sound,
                    seconds,
                    rates,
                    labels,
                    problems,
                    DataHash.of(new DataListing(entries)));
        }
    }
}
