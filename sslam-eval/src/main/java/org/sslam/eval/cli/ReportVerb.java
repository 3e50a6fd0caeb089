package org.sslam.eval.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.eval.report.html.Page;
import org.sslam.eval.report.input.ReportInputs;
import org.sslam.eval.report.page.Report;
import org.sslam.eval.report.page.ReportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam report}: one self-contained HTML page about runs and results. */
@Command(
        name = "report",
        description = {
            "Write one HTML page about runs and results: curves, figures beside the published ones with intervals,",
            "classes, confusions, spectrograms, mixtures, players, a map of the clips. It needs no network."
        },
        synopsisSubcommandLabel = "[compare ...]",
        subcommands = CompareVerb.class,
        footer = {
            "",
            "Several results become one table of systems by tasks.",
            "Example: sslam report runs/esc-tiny-stage1 runs/esc50-linear --output report.html"
        })
final class ReportVerb extends Verb {
    private static final String DEFAULT_NAME = "report.html";

    @Parameters(
            paramLabel = "RUN_OR_RESULT",
            arity = "0..*",
            description = "run folders, result folders, result.json files, folders of 'sslam reconstruct'")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "the page; default: report.html in the first folder")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "sounds to show, instead of those that the configuration names")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--encoder",
            paramLabel = "DIR",
            description = "encoder whose features make the map, instead of the run's own")
    private Optional<Path> encoder = Optional.empty();

    @Option(
            names = "--features",
            paramLabel = "DIR",
            description = "vectors of 'sslam embed' for the map, instead of an encoder")
    private Optional<Path> features = Optional.empty();

    @Option(names = "--examples", paramLabel = "N", description = "clips to show and to mix, 0 for none; default: 3")
    private int examples = ReportOptions.standard().examples();

    @Option(names = "--map-clips", paramLabel = "N", description = "most clips on the map, 0 for none; default: 400")
    private int mapClips = ReportOptions.standard().mapClips();

    @Mixin
    private ResamplingInput resampling;

    @Override
    public Integer call() throws IOException {
        if (paths.isEmpty()) {
            throw usage("Name a run folder, a result folder or a result.json");
        }
        ReportOptions options = options();
        Path target = output.orElseGet(this::besideFirst);
        Page page = new Report(options, Version.ofProject(), err()::println, PassProgress::over)
                .page(ReportInputs.open(paths));
        page.write(target);
        out().println("report: " + target);
        return Main.OK;
    }

    private ReportOptions options() {
        try {
            return new ReportOptions(
                    data, encoder, features, examples, mapClips, resampling.options(), resampling.seed());
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private Path besideFirst() {
        Path first = paths.get(0);
        return Files.isDirectory(first) ? first.resolve(DEFAULT_NAME) : first.resolveSibling(DEFAULT_NAME);
    }
}
