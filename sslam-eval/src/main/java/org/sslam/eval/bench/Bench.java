package org.sslam.eval.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sslam.audio.data.LogMelSource;
import org.sslam.core.UserException;
import org.sslam.core.engine.Gpu;
import org.sslam.core.engine.ProcessMemory;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.Precision;

/** Times a job step by step: median, minimum, processor time, memory, arithmetic done, and where the time went. */
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
        /** Audio-MAE update. */
        AUDIOMAE,
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
    private static final double GIGA_PER_TERA = 1e3;

    private Bench() {}

    /**
     * What a run gives.
     *
     * @param fields for one line of JSON: job, options, {@code median_ms}, {@code min_ms}, {@code cpu_ms} (processor time of
     *     a mean step, all threads of the process), {@code clips_per_s}, {@code gflop_per_clip}, {@code tflop_per_s},
     *     {@code mfu}, {@code peak_rss_mb}, {@code peak_gpu_mb}, and with a breakdown {@code parts_ms}
     * @param table the breakdown for a reader; empty if it was not asked for
     */
    public record Result(Map<String, Object> fields, List<String> table) {
        /** The fields as one line of JSON. */
        public String json() {
            try {
                return new ObjectMapper().writeValueAsString(fields);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a bench result is plain numbers and text", e);
            }
        }
    }

    /** Runs a job. */
    public static Result run(Job job, BenchOptions options) {
        try (BenchJob work = open(job, options)) {
            for (int i = 0; i < options.warmup(); i++) {
                work.step();
            }
            work.awaitDevice();
            Times times = timed(work, options);
            return result(job, options, times);
        }
    }

    private record Times(double[] sortedMs, double cpuMs, Optional<Breakdown> breakdown) {
        double medianMs() {
            return (sortedMs[(sortedMs.length - 1) / 2] + sortedMs[sortedMs.length / 2]) / 2;
        }
    }

    private static Times timed(BenchJob work, BenchOptions options) {
        if (!options.breakdown()) {
            return steps(work, options.steps());
        }
        try (StepClock clock = StepClock.start(System::nanoTime, work::awaitDevice)) {
            Times plain = steps(work, options.steps());
            return new Times(plain.sortedMs, plain.cpuMs, Optional.of(Breakdown.of(clock.nanos(), options.steps())));
        }
    }

    private static Times steps(BenchJob work, int steps) {
        double[] ms = new double[steps];
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            work.step();
            work.awaitDevice();
            ms[i] = (System.nanoTime() - start) / NANOS_PER_MS;
        }
        double cpuMs = (system.getProcessCpuTime() - cpuBefore) / NANOS_PER_MS / steps;
        Arrays.sort(ms);
        return new Times(ms, cpuMs, Optional.empty());
    }

    private static Result result(Job job, BenchOptions options, Times times) {
        double clipsPerSecond = options.batch() / times.medianMs() * MS_PER_SECOND;
        OptionalDouble gflop = gflopPerClip(job, options);
        Optional<Gpu> gpu = Gpu.of(options.device());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("job", job.name().toLowerCase(Locale.ROOT));
        fields.put("size", options.size().name().toLowerCase(Locale.ROOT));
        fields.put("batch", options.batch());
        fields.put("clones", options.clones());
        fields.put("frames", options.frames());
        fields.put("threads", options.threads());
        fields.put("device", options.device());
        fields.put("bf16", options.precision() == Precision.BF16);
        fields.put("steps", options.steps());
        fields.put("median_ms", rounded(times.medianMs()));
        fields.put("min_ms", rounded(times.sortedMs[0]));
        fields.put("cpu_ms", rounded(times.cpuMs));
        fields.put("clips_per_s", rounded(clipsPerSecond));
        gflop.ifPresent(perClip -> {
            double teraflops = perClip * clipsPerSecond / GIGA_PER_TERA;
            fields.put("gflop_per_clip", rounded(perClip));
            fields.put("tflop_per_s", rounded(teraflops));
            fields.put(
                    "mfu",
                    peak(options, gpu).isPresent()
                            ? rounded(teraflops / peak(options, gpu).getAsDouble())
                            : null);
        });
        fields.put("peak_rss_mb", ProcessMemory.peakMib().orElse(-1));
        fields.put("peak_gpu_mb", gpu.map(Gpu::usedMib).orElse(null));
        fields.put("torch", Torch.LIBTORCH_VERSION);
        gpu.ifPresent(found -> fields.put("gpu", found.name()));
        times.breakdown.ifPresent(breakdown -> fields.put("parts_ms", breakdown.partsMs()));
        return new Result(fields, times.breakdown.map(Breakdown::table).orElse(List.of()));
    }

    private static OptionalDouble peak(BenchOptions options, Optional<Gpu> gpu) {
        if (options.peakTflops().isPresent() || gpu.isEmpty()) {
            return options.peakTflops();
        }
        return DevicePeaks.teraflops(gpu.get().name(), options.precision());
    }

    private static OptionalDouble gflopPerClip(Job job, BenchOptions options) {
        return switch (job) {
            case EMBED ->
                OptionalDouble.of(Flops.embed(BenchModels.config(options.size()), BenchModels.tokens(options)));
            case STAGE1 ->
                OptionalDouble.of(Flops.stageOne(
                        BenchModels.config(options.size()),
                        options.clones(),
                        BenchModels.tokens(options),
                        BenchModels.visible(options)));
            case STAGE2 ->
                OptionalDouble.of(Flops.stageTwo(
                        BenchModels.config(options.size()),
                        options.clones(),
                        BenchModels.tokens(options),
                        BenchModels.visible(options),
                        BenchModels.mixed(options)));
            case MWMAE -> OptionalDouble.of(MwmaeUpdate.gflopPerClip(options.size()));
            case AUDIOMAE, ATTENTION, WINDOW_ATTENTION, FBANK, DATA_FLAC, DATA_MEL -> OptionalDouble.empty();
        };
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
            case AUDIOMAE -> AudioMaeUpdate.job(options);
            case ATTENTION -> new AttentionJob(options, false);
            case WINDOW_ATTENTION -> new AttentionJob(options, true);
            case FBANK -> new LogMelJob(options.batch());
            case DATA_FLAC -> new ShardJob(options, LogMelSource.COMPUTED);
            case DATA_MEL -> new ShardJob(options, LogMelSource.STORED_ROLLED);
        };
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
