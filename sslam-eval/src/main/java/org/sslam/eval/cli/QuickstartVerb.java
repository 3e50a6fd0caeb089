package org.sslam.eval.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sslam.eval.probe.ProbeTable;
import org.sslam.eval.quickstart.Quickstart;
import org.sslam.train.loop.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sslam quickstart}: sounds, both stages, probes, pictures, in a few minutes on a CPU. */
@Command(
        name = "quickstart",
        description = {
            "See everything work in a few minutes on a CPU: synthesise soundscapes, pre-train stage 1 and 2,",
            "compare linear probes with a random encoder. Stopped, it goes on where it was."
        },
        footer = {"", "Example: sslam quickstart --out runs/quickstart"})
final class QuickstartVerb extends Verb {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where everything goes; default: ${DEFAULT-VALUE}",
            defaultValue = "runs/quickstart")
    private Path out;

    @Option(
            names = "--configs",
            paramLabel = "DIR",
            description = "folder of quickstart.yaml; default: configs/sslam of the clone")
    private Optional<Path> configs = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("sslam.home", "."));
        Path folder = configs.orElse(home.resolve("configs").resolve("sslam"));
        Quickstart quickstart = new Quickstart(folder, out, Version.ofProject(), err()::println);
        return Stoppable.run(err(), stop -> {
            Optional<Quickstart.Outcome> outcome = quickstart.run(stop, PassProgress::over);
            outcome.ifPresent(this::show);
            return outcome.isPresent() ? Main.OK : StopSignal.EXIT_CODE;
        });
    }

    private void show(Quickstart.Outcome outcome) {
        out().println();
        out().print(ProbeTable.text(outcome.probes()));
        out().println();
        outcome.pictures().forEach(picture -> out().println("picture: " + picture));
        out().println("encoder: " + out.resolve("stage2").resolve("encoder"));
        out().println();
        out().println("Next, on your own sounds in ESC-50's layout:");
        out().println("  scripts/sslam pretrain configs/sslam/esc-tiny-stage1.yaml data.path=YOUR_FOLDER");
        out().println("  scripts/sslam pretrain configs/sslam/esc-tiny-stage2.yaml data.path=YOUR_FOLDER");
        out().println("  scripts/sslam probe YOUR_FOLDER --encoder runs/esc-tiny-stage2/encoder");
    }
}
