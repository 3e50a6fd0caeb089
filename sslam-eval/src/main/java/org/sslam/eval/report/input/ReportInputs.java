package org.sslam.eval.report.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sslam.core.UserException;
import org.sslam.eval.result.ResultFile;
import org.sslam.eval.statistics.ScoredResult;

/**
 * Runs, results and reconstructions of one report.
 *
 * @param runs training runs
 * @param results evaluation results
 * @param restored folders of {@code sslam reconstruct}
 */
public record ReportInputs(List<RunInput> runs, List<ScoredResult> results, List<RestoredClips> restored) {
    /** Keeps its own copies. */
    public ReportInputs {
        runs = List.copyOf(runs);
        results = List.copyOf(results);
        restored = List.copyOf(restored);
    }

    /**
     * Reads what paths name: run folders, result folders, {@code result.json} files, folders of
     * reconstructions.
     *
     * @throws UserException if one is none of them, or malformed
     */
    public static ReportInputs open(List<Path> paths) {
        List<RunInput> runs = new ArrayList<>();
        List<ScoredResult> results = new ArrayList<>();
        List<RestoredClips> restored = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserException(
                        "there is no " + path + "; name a run folder, a result folder or a result.json");
            }
            if (Files.isRegularFile(path.resolve(ResultFile.NAME)) || isJson(path)) {
                results.add(ScoredResult.open(path));
            } else if (RunInput.is(path)) {
                runs.add(RunInput.open(path));
            } else if (RestoredClips.is(path)) {
                restored.add(RestoredClips.open(path));
            } else {
                throw new UserException(path + " holds neither " + ResultFile.NAME
                        + " nor config.yaml with provenance.json nor reconstruction.json; name a result folder, a run"
                        + " folder or a folder of reconstructions");
            }
        }
        return new ReportInputs(runs, results, restored);
    }

    private static boolean isJson(Path path) {
        return Files.isRegularFile(path)
                && path.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }
}
