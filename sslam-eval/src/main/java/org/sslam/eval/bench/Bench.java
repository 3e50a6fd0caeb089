package org.sslam.eval.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sslam.audio.data.LogMelSource;
import org.sslam.core.UserException;
import org.sslam.core.engine.ProcessMemory;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.Precision;

/** Times a job step by step and tells the median, the minimum and the peak memory of the process. */
public final class Bench {
    /** What can be timed. */
    public enum Job {
        /** Frozen encoder. */
        EMBED,
        /** SSLAM stage 1 update. */
        STAGE1,
        /** SSLAM stage 2 update. */
        STAGE2,
        /** MW-MAE update. */
        MWMAE,
        /** Attention layer of a decoder, forward and backward. */
        ATTENTION,
        /** The same with a window for each head. */
        WINDOW_ATTENTION,
        /** Log-mel front-end. */
        FBANK,
        /** Batches from shards: FLAC, decoded, and log-mel. */
        DATA_FLAC,
        /** Batches from shards with stored log-mels. */
        DATA_MEL
    }

    private static final double NANOS_PER_MS = 1e6;
    private static final double MS_PER_SECOND = 1e3;

    private Bench() {}

    /**
     * Runs a job.
     *
     * @return job, options, {@code median_ms}, {@code min_ms}, {@code clips_per_s}, {@code peak_rss_mb}
     */
    public static Map<String, Object> run(Job job, BenchOptions options) {
        double[] ms = new double[options.steps()];
        try (BenchJob work = open(job, options)) {
            for (int i = -options.warmup(); i < options.steps(); i++) {
                long start = System.nanoTime();
                work.step();
                if (i >= 0) {
                    ms[i] = (System.nanoTime() - start) / NANOS_PER_MS;
                }
            }
        }
        Arrays.sort(ms);
        double median = (ms[(ms.length - 1) / 2] + ms[ms.length / 2]) / 2;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("job", job.name().toLowerCase(Locale.ROOT));
        result.put("size", options.size().name().toLowerCase(Locale.ROOT));
        result.put("batch", options.batch());
        result.put("clones", options.clones());
        result.put("threads", options.threads());
        result.put("device", options.device());
        result.put("bf16", options.precision() == Precision.BF16);
        result.put("steps", options.steps());
        result.put("median_ms", rounded(median));
        result.put("min_ms", rounded(ms[0]));
        result.put("clips_per_s", rounded(options.batch() / median * MS_PER_SECOND));
        result.put("peak_rss_mb", ProcessMemory.peakMib().orElse(-1));
        result.put("peak_gpu_mb", null);
        result.put("torch", Torch.LIBTORCH_VERSION);
        return result;
    }

    /** A result as one line of JSON. */
    public static String json(Map<String, Object> result) {
        try {
            return new ObjectMapper().writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a bench result is plain numbers and text", e);
        }
    }

    private static BenchJob open(Job job, BenchOptions options) {
        return switch (job) {
            case EMBED -> new EmbedJob(options);
            case STAGE1 -> SslamUpdate.job(options, false);
            case STAGE2 -> {
                if (options.batch() < 2) {
                    throw new UserException("stage2 mixes clips with each other and needs --batch 2 or more");
                }
                yield SslamUpdate.job(options, true);
            }
            case MWMAE -> MwmaeUpdate.job(options);
            case ATTENTION -> new AttentionJob(options, false);
            case WINDOW_ATTENTION -> new AttentionJob(options, true);
            case FBANK -> new LogMelJob(options.batch());
            case DATA_FLAC -> new ShardJob(options, LogMelSource.COMPUTED);
            case DATA_MEL -> new ShardJob(options, LogMelSource.STORED);
        };
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
