package org.sslam.audio.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.feature.Normalization;
import org.sslam.audio.resample.Resampler;
import org.sslam.core.UserException;

/**
 * Mean and standard deviation of the log-mel of a data set, made as the normalisation constants of the publication
 * were.
 *
 * <p>Every clip: mean-subtracted waveform, log-mel, padded with 0.0 or cut to the target frames. Over each batch of
 * {@code batchClips} clips in the source's order, mean and unbiased standard deviation of all cells; the result is the
 * plain average of the batch values (the last, shorter batch counts like the others).
 *
 * <p>Source: SSLAM, manifest scripts for SPASS (calculate_mean_std).
 */
public final class DataStatistics {
    private final AudioDecoder decoder;
    private final Options options;
    private final Map<Integer, LogMel> nativeLogMels = new ConcurrentHashMap<>();

    /**
     * How the statistics are made.
     *
     * @param logMel the front-end's log-mel
     * @param targetFrames frames a clip is padded or cut to
     * @param nativeRate false: resample to the log-mel's rate first, as training does; true: take the log-mel at each
     *     file's own rate up to its Nyquist frequency, as the publication did
     * @param batchClips clips a batch, 1000 in the publication
     * @param threads number of files decoded together; 0 means one for each processor
     * @param timeout longest time one file may take
     */
    public record Options(
            LogMel.Options logMel,
            int targetFrames,
            boolean nativeRate,
            int batchClips,
            int threads,
            Duration timeout) {
        /** Checks the sizes. */
        public Options {
            if (targetFrames < 1 || batchClips < 1 || threads < 0) {
                throw new IllegalArgumentException(
                        "targetFrames and batchClips must be at least 1, threads at least 0");
            }
        }

        /** The log-mel and length of a front-end at its own rate, batches of 1000 clips. */
        public static Options standard(FrontEndConfig frontEnd) {
            return new Options(frontEnd.logMel(), frontEnd.frames(), false, 1000, 0, DecodeLimits.LONGEST_TIME);
        }
    }

    /**
     * The constants and what they rest on.
     *
     * @param mean average of the batch means
     * @param std average of the batches' unbiased standard deviations
     * @param clips clips that were decoded
     * @param batches number of batches
     * @param unreadable files left out, with the reason
     */
    public record Result(double mean, double std, int clips, int batches, List<String> unreadable) {
        /** Copies the list. */
        public Result {
            unreadable = List.copyOf(unreadable);
        }

        /** The constants as the front-end takes them. */
        public Normalization normalization() {
            return new Normalization(mean, std);
        }

        /** The result for machines. */
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("mean", mean).put("std", std).put("clips", clips).put("batches", batches);
            var files = json.putArray("unreadable");
            unreadable.forEach(files::add);
            return json;
        }
    }

    /**
     * @param decoder reads the files
     * @param options how the statistics are made
     */
    public DataStatistics(AudioDecoder decoder, Options options) {
        this.decoder = decoder;
        this.options = options;
    }

    /**
     * Runs over all clips.
     *
     * @throws UserException if no clip can be decoded, or one takes longer than the time limit
     */
    public Result compute(ClipSource source, ProgressListener progress) {
        Averages averages = new Averages(options.batchClips());
        List<String> unreadable = new ArrayList<>();
        OrderedParallel.forEach(
                source.size(),
                options.threads(),
                ClipWatch.over(source, options.timeout()),
                index -> look(source.clip(index)),
                (index, finding) -> {
                    if (finding.moments() == null) {
                        unreadable.add(finding.reason());
                    } else {
                        averages.add(finding.moments());
                    }
                    progress.advanced(index + 1, source.size());
                });
        if (unreadable.size() == source.size()) {
            throw new UserException("no clip of " + source.description() + " can be decoded; the first: "
                    + unreadable.get(0) + "; check the files with 'data verify'");
        }
        Result result = averages.result(source.size() - unreadable.size(), unreadable);
        if (!(result.std() > 0)) {
            throw new UserException(
                    "the clips of " + source.description() + " give a log-mel without any variation (mean "
                            + result.mean() + "): they seem to be silent; check them with 'data verify'");
        }
        return result;
    }

    private record Finding(Moments moments, String reason) {}

    private Finding look(Clip clip) {
        try {
            Waveform wave = decoder.decode(clip.path());
            LogMel logMel = nativeLogMels.computeIfAbsent(rateHz(wave), this::logMel);
            float[] samples = options.nativeRate()
                    ? wave.samples()
                    : Resampler.of(wave.sampleRateHz(), options.logMel().sampleRateHz())
                            .resample(wave.samples());
            int frames = logMel.frames(samples.length);
            if (frames < 1) {
                return new Finding(null, clip.path() + ": shorter than one analysis frame");
            }
            float[] melTF = logMel.compute(centred(samples));
            int bins = options.logMel().bins();
            int kept = Math.min(frames, options.targetFrames()) * bins;
            return new Finding(Moments.of(melTF, kept, (long) options.targetFrames() * bins), "");
        } catch (AudioException e) {
            return new Finding(null, e.at(clip.path()).getMessage());
        }
    }

    private int rateHz(Waveform wave) {
        return options.nativeRate() ? wave.sampleRateHz() : options.logMel().sampleRateHz();
    }

    private LogMel logMel(int rateHz) {
        LogMel.Options at = options.logMel();
        return LogMel.kaldi(
                options.nativeRate()
                        ? new LogMel.Options(rateHz, at.bins(), at.frameMs(), at.hopMs(), at.lowHz(), rateHz / 2.0)
                        : at);
    }

    private static float[] centred(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample;
        }
        float mean = (float) (sum / samples.length);
        float[] centred = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            centred[i] = samples[i] - mean;
        }
        return centred;
    }

    /** Collects clips into batches and batches into the plain average. */
    private static final class Averages {
        private final int batchClips;
        private Moments batch = Moments.EMPTY;
        private int clipsInBatch;
        private int batches;
        private double meanSum;
        private double stdSum;

        Averages(int batchClips) {
            this.batchClips = batchClips;
        }

        void add(Moments clip) {
            batch = batch.plus(clip);
            if (++clipsInBatch == batchClips) {
                closeBatch();
            }
        }

        private void closeBatch() {
            if (clipsInBatch > 0) {
                meanSum += batch.mean();
                stdSum += batch.unbiasedStd();
                batches++;
                clipsInBatch = 0;
                batch = Moments.EMPTY;
            }
        }

        Result result(int clips, List<String> unreadable) {
            closeBatch();
            return new Result(meanSum / batches, stdSum / batches, clips, batches, unreadable);
        }
    }
}
