package org.sslam.eval.cli;

import java.util.List;
import org.sslam.core.engine.Torch;
import org.sslam.eval.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sslam doctor}: is everything there that a run needs? */
@Command(
        name = "doctor",
        description = "Check Java, memory, disk, decoder, engine, operators and the device that a run will use.",
        footer = {"", "Exits with 1 when something must be mended first.", "Example: sslam doctor --device gpu0"})
final class DoctorVerb extends Verb {
    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "device that must be there: cpu (default), gpu0, gpu1 ...")
    private String device = "cpu";

    @Override
    public Integer call() {
        if (!Torch.isDeviceName(device)) {
            throw usage("unknown device '" + device + "'; use cpu, gpu0, gpu1 ...");
        }
        List<Doctor.Finding> findings = Doctor.standard(device).examine();
        for (Doctor.Finding finding : findings) {
            String verdict = finding.result().ok() ? "ok  " : "FAIL";
            out().printf(
                            "%s  %-10s %s%n",
                            verdict, finding.name(), finding.result().message());
            if (!finding.result().ok()) {
                out().printf("      %-10s -> %s%n", "", finding.result().remedy());
            }
        }
        long failed =
                findings.stream().filter(finding -> !finding.result().ok()).count();
        out().println(failed == 0 ? "all is well" : failed + " of " + findings.size() + " checks failed");
        return failed == 0 ? Main.OK : Main.FAILED;
    }
}
