package org.sslam.eval.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.sslam.core.io.NpyWriter;
import org.sslam.core.ops.Precision;
import org.sslam.eval.embed.ClipFit;
import org.sslam.eval.embed.EmbedOptions;
import org.sslam.eval.embed.EmbedRun;
import org.sslam.eval.embed.EmbedTask;
import org.sslam.eval.embed.FrequencyRows;
import org.sslam.eval.embed.Pooling;
import org.sslam.train.loop.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam embed}: a data set to vectors, restartable. */
@Command(
        name = "embed",
        description = {
            "Turn sounds into vectors with a pre-trained encoder: NPY files and a list of what is where.",
            "The same command continues a run that was stopped or killed, and ends with the same bytes."
        },
        footer = {
            "",
            "Writes DIR/vectors-*.npy, index.csv, failed.csv (broken files, with the reason), embed.json.",
            "Example: sslam embed runs/esc-tiny-stage2 /data/sounds --output vectors --pooling both",
            "Exit code 75: stopped by a signal, whole shards are safe; run the same command to go on."
        })
final class EmbedVerb extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "ENCODER",
            description = "folder of an encoder or of a finished run, or a checkpoint")
    private Path encoder;

    @Mixin
    private DataInput data;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "folder for the results")
    private Path output;

    @Option(
            names = "--layer",
            paramLabel = "N",
            description = "layer whose tokens are taken, from 1; default: the last")
    private Integer layer;

    @Option(
            names = "--pooling",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}: what a clip's vector is made of; default: cls, or rows"
                    + " for encoders without CLS")
    private Pooling pooling;

    @Option(names = "--frames", description = "one vector for each time step instead of one for each clip")
    private boolean frames;

    @Option(
            names = "--rows",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} of the frequency rows of a time step, with --frames; default: mean")
    private FrequencyRows rows;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}: how clips longer or shorter than the encoder's window are taken;"
                    + " default: ${DEFAULT-VALUE}",
            defaultValue = "slide")
    private ClipFit policy;

    @Option(
            names = "--hop",
            paramLabel = "S",
            description = "seconds between the beginnings of sliding windows; default: side by side")
    private Double hop;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "windows that go through the encoder at once; default: ${DEFAULT-VALUE}",
            defaultValue = "8")
    private int batch;

    @Option(
            names = "--shard",
            paramLabel = "N",
            description = "clips a file; what a killed run loses at most; default: ${DEFAULT-VALUE}",
            defaultValue = "1000")
    private int shard;

    @Option(names = "--float16", description = "NPY files in half precision")
    private boolean half;

    @Option(names = "--parquet", description = "write the vectors as Parquet files too")
    private boolean parquet;

    @Option(names = "--device", description = "cpu, gpu0 ...; default: ${DEFAULT-VALUE}", defaultValue = "cpu")
    private String device;

    @Option(names = "--bf16", description = "bfloat16 products")
    private boolean bf16;

    @Override
    public Integer call() throws IOException {
        EmbedTask task = task();
        String version = Version.ofProject();
        return Stoppable.run(err(), stop -> {
            EmbedRun run = new EmbedRun(task, version, err()::println);
            EmbedRun.Outcome outcome = PassProgress.over("embed", listener -> run.run(stop, listener));
            if (!outcome.finished()) {
                err().println("stopped, whole shards are safe; run the same command to go on");
                return StopSignal.EXIT_CODE;
            }
            show(outcome);
            return Main.OK;
        });
    }

    private EmbedTask task() {
        if (rows != null && !frames) {
            throw usage("--rows is for --frames; without it, --pooling says what a vector is made of");
        }
        try {
            EmbedOptions options = new EmbedOptions(
                    layer == null ? OptionalInt.empty() : OptionalInt.of(layer),
                    frames ? Optional.of(Pooling.MEAN) : Optional.ofNullable(pooling),
                    rows == null ? FrequencyRows.MEAN : rows,
                    policy,
                    hop == null ? OptionalDouble.empty() : OptionalDouble.of(hop),
                    batch,
                    device,
                    data.threads(),
                    bf16 ? Precision.BF16 : Precision.FP32);
            NpyWriter.Type type = half ? NpyWriter.Type.FLOAT16 : NpyWriter.Type.FLOAT32;
            return new EmbedTask(encoder, data.config(), output, options, frames, shard, type, parquet);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private void show(EmbedRun.Outcome outcome) {
        out().printf(
                        Locale.ROOT,
                        "%d of %d clips: %d vectors of %d numbers in %s%n",
                        outcome.clips() - outcome.failed(),
                        outcome.clips(),
                        outcome.rows(),
                        outcome.width(),
                        output);
        if (outcome.clipsNow() > 0) {
            out().printf(Locale.ROOT, "%.1f clips/s%n", outcome.clipsNow() / Math.max(1e-3, outcome.secondsNow()));
        }
        if (outcome.failed() > 0) {
            out().println(outcome.failed() + " clips could not be used; see " + output.resolve("failed.csv"));
        }
    }
}
