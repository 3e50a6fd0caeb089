package org.sslam.eval.cli;

import java.util.Locale;
import org.sslam.audio.data.DataStatistics;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.feature.FrontEndConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sslam data stats}: mean and standard deviation of the log-mel, for a configuration's front-end. */
@Command(
        name = "stats",
        description = "Mean and standard deviation of the log-mel, as a configuration's normalisation takes them.",
        footer = {"", "Example: sslam data stats sounds/labels.csv --frames 512"})
final class DataStatsVerb extends Verb {
    @Mixin
    private DataInput data;

    @Option(names = "--frames", paramLabel = "N", description = "frames a clip is padded or cut to; default: 1024")
    private int frames = FrontEndConfig.audioSet().frames();

    @Option(
            names = "--native-rate",
            description = "take the log-mel at each file's own rate, as the publication did, not after resampling")
    private boolean nativeRate;

    @Option(names = "--batch", paramLabel = "N", description = "clips a batch that is averaged; default: 1000")
    private int batchClips = 1000;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Override
    public Integer call() {
        if (frames < 1 || batchClips < 1) {
            throw usage("--frames and --batch must be at least 1, not " + frames + " and " + batchClips);
        }
        DataStatistics.Options options = new DataStatistics.Options(
                FrontEndConfig.audioSet().logMel(),
                frames,
                nativeRate,
                batchClips,
                data.threads(),
                DecodeLimits.LONGEST_TIME);
        DataStatistics.Result result =
                PassProgress.over("stats", listener -> new DataStatistics(AudioDecoders.standard(), options)
                        .compute(data.open(), listener));
        if (json) {
            out().println(result.toJson().toPrettyString());
            return Main.OK;
        }
        result.unreadable().forEach(file -> err().println("left out: " + file));
        out().printf(Locale.ROOT, "mean: %.4f%nstd: %.4f%n", result.mean(), result.std());
        out().printf(
                        Locale.ROOT,
                        "clips: %d (%d unreadable)%n",
                        result.clips(),
                        result.unreadable().size());
        return Main.OK;
    }
}
