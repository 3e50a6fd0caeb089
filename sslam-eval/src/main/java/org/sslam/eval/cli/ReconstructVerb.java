package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.sslam.eval.reconstruct.MaskChoice;
import org.sslam.eval.reconstruct.Reconstruction;
import org.sslam.eval.report.input.RestoredClips;
import org.sslam.models.audiomae.MaskingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam reconstruct}: hides parts of clips and lets a masked autoencoder restore them. */
@Command(
        name = "reconstruct",
        description = {
            "Hide parts of clips and let a masked autoencoder restore them.",
            "Writes a picture of each clip (masked, restored, original) and sounds made of the log-mels."
        },
        footer = {
            "",
            "--packet-loss hides whole time steps and compares with repeating the last one that arrived.",
            "Example: sslam reconstruct runs/audiomae-esc-tiny dog.wav rain.wav --output restored",
            "Example: sslam reconstruct runs/audiomae-esc-tiny dog.wav --packet-loss 0.25"
        })
final class ReconstructVerb extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "folder of a run of method audiomae, or one of its checkpoints")
    private Path run;

    @Parameters(index = "1..*", paramLabel = "CLIP", arity = "1..*", description = "sound files")
    private List<Path> clips;

    @Option(names = "--output", paramLabel = "DIR", description = "where to write; default: RUN/reconstruction")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--mask",
            paramLabel = "KIND",
            description = "what is hidden: ${COMPLETION-CANDIDATES}; default: RANDOM")
    private Optional<MaskingConfig.Kind> kind = Optional.empty();

    @Option(
            names = "--ratio",
            description = "RANDOM: share of hidden patches; default: ${DEFAULT-VALUE}",
            defaultValue = "0.8")
    private double ratio;

    @Option(
            names = "--time-ratio",
            description = "TIME, TIME_FREQUENCY: share of hidden time steps; default: ${DEFAULT-VALUE}",
            defaultValue = "0.7")
    private double timeRatio;

    @Option(
            names = "--frequency-ratio",
            description = "FREQUENCY, TIME_FREQUENCY: share of hidden bands; default: ${DEFAULT-VALUE}",
            defaultValue = "0.3")
    private double frequencyRatio;

    @Option(
            names = "--packet-loss",
            paramLabel = "SHARE",
            description = "hide this share of time steps, as lost packets")
    private Optional<Double> packetLoss = Optional.empty();

    @Option(
            names = "--lost",
            paramLabel = "STEPS",
            description = "hide these time steps, for example 3,10-14; a step is one patch")
    private Optional<String> lost = Optional.empty();

    @Option(names = "--seed", description = "of masks and phases; default: ${DEFAULT-VALUE}", defaultValue = "1")
    private long seed;

    @Override
    public Integer call() {
        Path folder = output.orElse(RestoredClips.folderOf(run));
        List<Reconstruction.Row> rows =
                PassProgress.over("reconstruct", progress -> new Reconstruction(run, choice(), seed, folder)
                        .run(clips, err()::println, progress));
        boolean packets = rows.get(0).repeated().isPresent();
        out().println("mean squared error of hidden cells"
                + (packets ? " (network, mean, last packet repeated)" : " (network, mean)"));
        for (Reconstruction.Row row : rows) {
            String repeated = row.repeated().map(error -> figure(error)).orElse("");
            out().println(figure(row.model()) + figure(row.mean()) + repeated + "  " + row.name());
        }
        out().println("written: " + folder);
        return Main.OK;
    }

    private static String figure(double error) {
        return String.format(Locale.ROOT, "%10.3f", error);
    }

    private MaskChoice choice() {
        int chosen = (kind.isPresent() ? 1 : 0) + (packetLoss.isPresent() ? 1 : 0) + (lost.isPresent() ? 1 : 0);
        if (chosen > 1) {
            throw usage("--mask, --packet-loss and --lost exclude each other");
        }
        try {
            if (packetLoss.isPresent()) {
                return MaskChoice.packetLoss(packetLoss.get());
            }
            MaskingConfig drawn =
                    new MaskingConfig(kind.orElse(MaskingConfig.Kind.RANDOM), ratio, timeRatio, frequencyRatio);
            return new MaskChoice(drawn, lost.map(this::steps));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private List<Integer> steps(String text) {
        TreeSet<Integer> steps = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("\\d{1,6}(-\\d{1,6})?")) {
                throw usage("--lost '" + text + "' is no list of steps; write for example 3,10-14");
            }
            String[] ends = part.split("-");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (last < first) {
                throw usage("--lost: " + part + " runs backwards");
            }
            for (int step = first; step <= last; step++) {
                steps.add(step);
            }
        }
        return new ArrayList<>(steps);
    }
}
