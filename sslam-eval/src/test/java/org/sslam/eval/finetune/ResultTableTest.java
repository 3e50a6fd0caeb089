package org.sslam.eval.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sslam.core.run.Provenance;
import org.sslam.eval.result.Coverage;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;

class ResultTableTest {
    private static EvaluationRun run(long seed, int fold, double value) {
        return run(seed, fold, value, Optional.empty());
    }

    private static EvaluationRun run(long seed, int fold, double value, Optional<EpochChoice> choice) {
        return new EvaluationRun(
                seed,
                fold == 0 ? OptionalInt.empty() : OptionalInt.of(fold),
                value,
                Map.of(),
                List.of(0.1, value),
                2,
                "scores",
                choice,
                "");
    }

    private static List<String> lines(Coverage coverage, EvaluationRun... runs) {
        Provenance provenance = new Provenance("1", "c", "d", 1, "cpu", Map.of(), Instant.EPOCH);
        EvaluationResult result = new EvaluationResult(
                "esc50",
                "linear",
                "my-run",
                "accuracy",
                List.of("a", "b"),
                coverage,
                "",
                provenance,
                new ArrayList<>(List.of(runs)));
        return ResultTable.text(result).lines().toList();
    }

    @Test
    void seedsAndFoldsHaveTheirOwnDeviation() {
        List<String> lines =
                lines(new Coverage(4, 4, 4, 2, 2), run(1, 1, 0.5), run(1, 2, 0.7), run(2, 1, 0.6), run(2, 2, 0.8));
        assertEquals("esc50, linear, my-run: accuracy in percent", lines.get(0));
        assertEquals("  seed 1, fold 1      50.00   epoch 2 of 2", lines.get(1));
        assertEquals("  mean                65.00   +- 7.07 over 2 seeds   +- 14.14 over 2 folds", lines.get(5));
        assertEquals(6, lines.size());
    }

    @Test
    void howTheEpochWasChosenIsSaid() {
        EpochChoice last = new EpochChoice(EpochChoice.Monitored.VALID, EpochChoice.Kept.LAST);
        EpochChoice best = new EpochChoice(EpochChoice.Monitored.EVAL, EpochChoice.Kept.BEST);
        assertEquals(
                "  validation clips were monitored, the last epoch was kept",
                lines(new Coverage(4, 4, 4, 0, 0), run(1, 0, 0.5, Optional.of(last)))
                        .get(3));
        List<String> lines = lines(new Coverage(4, 4, 4, 0, 0), run(1, 0, 0.5, Optional.of(best)));
        assertEquals("  test clips were monitored, the best epoch was kept", lines.get(3));
        assertEquals(
                "  warning: The best epoch was chosen on the test clips of the training: figures on these clips are too"
                        + " high.",
                lines.get(4));
        assertEquals(5, lines.size());
    }

    @Test
    void aSingleRunHasNoDeviationAndMissingClipsAreTold() {
        List<String> lines = lines(new Coverage(3, 4, 1, 0, 0), run(1, 0, 0.5));
        assertEquals("  mean                50.00", lines.get(2));
        assertEquals("  3 of 4 clips were read, 1 were judged", lines.get(3));
    }
}
