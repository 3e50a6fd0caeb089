package org.sslam.eval.statistics;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sslam.eval.result.EvaluationRun;

/** Whether two results of equal clips and labels were judged on the same files, as far as the results tell. */
public enum SameSounds {
    /** Ids and sizes of all files are equal. */
    SAME,
    /** A file has another size. */
    OTHER,
    /** One of the results does not say. */
    UNKNOWN;

    /** Compares hashes of the test clips fold by fold; results without them by the hash of all their clips. */
    public static SameSounds of(ScoredResult a, ScoredResult b) {
        SameSounds all = SAME;
        for (int fold : a.folds()) {
            Set<String> hashesA = hashes(a, fold);
            Set<String> hashesB = hashes(b, fold);
            if (hashesA.contains("") || hashesB.contains("")) {
                all = UNKNOWN;
            } else if (!hashesA.equals(hashesB)) {
                return OTHER;
            }
        }
        return all == UNKNOWN && sameData(a, b) ? SAME : all;
    }

    /** What to tell of two results, if there is anything to tell. */
    public static Optional<String> caveat(ScoredResult a, ScoredResult b) {
        String both = a.path() + " and " + b.path();
        return switch (of(a, b)) {
            case SAME -> Optional.empty();
            case OTHER ->
                Optional.of("the test clips of " + both + " have equal ids and labels but are other files"
                        + " (their hashes differ): the difference may be one of the sounds, not of the systems");
            case UNKNOWN ->
                Optional.of("whether " + both + " were judged on the same sounds cannot be told: one of them"
                        + " lacks the hash of its test clips");
        };
    }

    private static Set<String> hashes(ScoredResult scored, int fold) {
        return scored.ofFold(fold).stream().map(EvaluationRun::testHash).collect(Collectors.toSet());
    }

    /** The same hash of all clips means the same test clips; different hashes mean nothing. */
    private static boolean sameData(ScoredResult a, ScoredResult b) {
        String hash = a.result().provenance().dataHash();
        return !hash.isEmpty() && hash.equals(b.result().provenance().dataHash());
    }
}
