package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.sslam.core.ops.Precision;
import org.sslam.eval.bench.Bench;
import org.sslam.eval.bench.BenchOptions;
import org.sslam.eval.bench.Growth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam bench}: times one job in its own process and prints one line of JSON. */
@Command(
        name = "bench",
        description = "Time a job and print one line of JSON.",
        footer = {
            "",
            "mfu is the share of the device's peak that went into the arithmetic of the method (docs/performance.md).",
            "Example: sslam bench stage1 --size tiny --batch 4 --clones 4 --threads 2 --breakdown",
            "Example: sslam bench stage1 --size tiny --batch 1 --clones 4 --threads 1 --growth growth",
            "Example: sslam bench stage1 --device gpu0 --batch 12 --clones 16 --bf16"
        })
final class BenchVerb extends Verb {
    @Parameters(paramLabel = "JOB", description = "${COMPLETION-CANDIDATES}")
    private Bench.Job job;

    @Option(
            names = "--size",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}",
            defaultValue = "base")
    private BenchOptions.Size size;

    @Option(names = "--batch", description = "clips a step; default: ${DEFAULT-VALUE}", defaultValue = "2")
    private int batch;

    @Option(names = "--clones", description = "masked clones a clip; default: ${DEFAULT-VALUE}", defaultValue = "8")
    private int clones;

    @Option(
            names = "--frames",
            description = "frames of a clip, 100 a second (MW-MAE has its own); default: ${DEFAULT-VALUE}",
            defaultValue = "1024")
    private int frames;

    @Option(names = "--steps", description = "timed steps; default: ${DEFAULT-VALUE}", defaultValue = "5")
    private int steps;

    @Option(names = "--warmup", description = "steps before; default: ${DEFAULT-VALUE}", defaultValue = "2")
    private int warmup;

    @Option(names = "--threads", description = "engine threads; default: ${DEFAULT-VALUE}", defaultValue = "2")
    private int threads;

    @Option(names = "--device", description = "cpu, gpu0 ...; default: ${DEFAULT-VALUE}", defaultValue = "cpu")
    private String device;

    @Option(names = "--bf16", description = "bfloat16 products")
    private boolean bf16;

    @Option(names = "--breakdown", description = "print where the time of a step goes, before the line of JSON")
    private boolean breakdown;

    @Option(
            names = "--peak",
            paramLabel = "TFLOPS",
            description = "what the device can do at most, for mfu; default: by the GPU's name")
    private Double peak;

    @Option(
            names = "--growth",
            paramLabel = "FOLDER",
            description =
                    "stage1, stage2: vary clip length, clones, batch and size in turn; table and picture in FOLDER")
    private Path growth;

    @Override
    public Integer call() {
        BenchOptions options;
        try {
            Precision precision = bf16 ? Precision.BF16 : Precision.FP32;
            OptionalDouble peakTflops = peak == null ? OptionalDouble.empty() : OptionalDouble.of(peak);
            options = new BenchOptions(
                    size, batch, clones, frames, steps, warmup, threads, device, precision, breakdown, peakTflops);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
        if (growth != null) {
            Growth.measure(job, options, growth, out()::println);
            return Main.OK;
        }
        Bench.Result result = Bench.run(job, options);
        result.table().forEach(out()::println);
        out().println(result.json());
        return Main.OK;
    }
}
