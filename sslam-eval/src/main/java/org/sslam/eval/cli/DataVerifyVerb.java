package org.sslam.eval.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sslam.audio.data.DataProblem;
import org.sslam.audio.data.DataVerifier;
import org.sslam.audio.data.VerifyReport;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.pack.ShardCheck;
import org.sslam.core.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sslam data verify}: decodes everything and names what a run would stumble over. */
@Command(
        name = "verify",
        description = "Decode every clip; name missing, unreadable, silent, doubled and wrongly long ones.",
        footer = {
            "",
            "Of a packed set, shards and indexes are compared with their hashes first.",
            "Exits with 1 when anything was found.",
            "Example: sslam data verify sounds/labels.csv --min-seconds 1 --max-seconds 30"
        })
final class DataVerifyVerb extends Verb {
    private static final int SHOWN = 50;

    @Mixin
    private DataInput data;

    @Option(names = "--min-seconds", paramLabel = "S", description = "shortest length that is right; default: 0.025")
    private double minSeconds = DataVerifier.Options.standard().minSeconds();

    @Option(names = "--max-seconds", paramLabel = "S", description = "longest length that is right; default: 3600")
    private double maxSeconds = DataVerifier.Options.standard().maxSeconds();

    @Option(names = "--json", description = "print the whole report as JSON")
    private boolean json;

    @Override
    public Integer call() {
        if (!(minSeconds >= 0 && minSeconds <= maxSeconds)) {
            throw usage("0 <= --min-seconds <= --max-seconds must hold, not " + minSeconds + " and " + maxSeconds);
        }
        DataVerifier.Options options = new DataVerifier.Options(
                minSeconds,
                maxSeconds,
                DataVerifier.Options.standard().silentPeak(),
                data.threads(),
                DataVerifier.Options.standard().timeout());
        List<String> damage = data.shards().map(ShardCheck::problems).orElse(List.of());
        if (!damage.isEmpty()) {
            damage.forEach(problem -> err().println(problem));
            throw new UserException(damage.size() + " shards of " + data.name()
                    + " are not as they were packed: copy them again, or pack the data again");
        }
        VerifyReport report =
                PassProgress.over("verify", listener -> new DataVerifier(AudioDecoders.standard(), options)
                        .verify(data.open(), listener));
        if (json) {
            out().println(report.toJson().toPrettyString());
        } else {
            print(report);
        }
        return report.clean() ? Main.OK : Main.FAILED;
    }

    private void print(VerifyReport report) {
        out().println(report.source());
        out().printf(
                        Locale.ROOT,
                        "clips %d, sound in %d, %.1f s altogether%n",
                        report.clips(),
                        report.soundClips(),
                        report.totalSeconds());
        out().println("sample rates: " + list(report.sampleRatesHz(), " Hz"));
        out().println("labels: " + report.labelCounts().size());
        report.problems().stream().limit(SHOWN).forEach(problem -> out().println(problem));
        if (report.problems().size() > SHOWN) {
            out().println("... and " + (report.problems().size() - SHOWN) + " more; --json lists all");
        }
        out().println("problems: " + (report.clean() ? "none" : list(report.counts(), "")));
        out().println("content sha256 " + report.contentHash());
    }

    private static String list(Map<?, Integer> counts, String unit) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> name(entry.getKey()) + unit + " x " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String name(Object key) {
        return key instanceof DataProblem.Kind kind ? kind.label() : key.toString();
    }
}
