package org.sslam.eval.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sslam.core.UserException;

/**
 * Runs checks one after another; a check that throws counts as failed and does not stop the others.
 *
 * @param checks in the order of the report
 */
public record Doctor(List<Check> checks) {
    /** Copies the list. */
    public Doctor {
        checks = List.copyOf(checks);
    }

    /** A check's name and what it found. */
    public record Finding(String name, Check.Result result) {}

    /** Everything that training needs: Java, machine, memory, disk, decoder, engine, operators, device and its driver. */
    public static Doctor standard(String device) {
        List<Check> checks = new ArrayList<>(List.of(
                new JavaCheck(Runtime.version().feature()),
                new MachineCheck(),
                HalfPrecisionCheck.ofThisMachine(),
                new MemoryCheck(Runtime.getRuntime().maxMemory()),
                DiskCheck.ofEngineCache(),
                new NetworkCheck(),
                new FfmpegCheck(),
                new LibtorchCheck(),
                new OperatorCheck()));
        checks.addAll(GpuChecks.of(device));
        checks.add(new DeviceCheck(device));
        return new Doctor(checks);
    }

    /** Runs all checks. */
    public List<Finding> examine() {
        return checks.stream()
                .map(check -> new Finding(check.name(), guarded(check::run)))
                .toList();
    }

    /** Native libraries fail to load in errors, not exceptions, so both count as a finding here. */
    private static Check.Result guarded(Callable<Check.Result> check) {
        try {
            return check.call();
        } catch (UserException e) {
            return Check.Result.bad(e.getMessage(), "see above");
        } catch (Exception | LinkageError e) {
            return Check.Result.bad(
                    e.getClass().getSimpleName() + ": " + e.getMessage(), "run sslam doctor --debug for the trace");
        }
    }
}
