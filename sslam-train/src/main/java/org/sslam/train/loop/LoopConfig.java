package org.sslam.train.loop;

import org.sslam.core.config.Key;

/** What the loop logs, saves and tolerates. */
public record LoopConfig(
        @Key(doc = "updates between two log lines", value = "100") long logEvery,
        @Key(doc = "updates between two checkpoints", value = "1000") long checkpointEvery,
        @Key(doc = "newest checkpoints that are kept", value = "2") int keepLast,
        @Key(doc = "checkpoints at multiples of this many updates are kept for good, 0 for none", value = "0")
                long keepEvery,
        @Key(doc = "steps in a row that may be skipped as not finite before the run stops", value = "20")
                long nonFinitePatience,
        @Key(doc = "updates before the collapse floors apply", value = "5000") long collapseAfter,
        @Key(doc = "stop when the targets' deviation falls below, 0 for never", value = "0") double minTargetVar,
        @Key(doc = "stop when the predictions' deviation falls below, 0 for never", value = "0") double minPredVar) {
    /** Checks the ranges. */
    public LoopConfig {
        if (logEvery < 1 || checkpointEvery < 1 || keepLast < 1 || keepEvery < 0 || nonFinitePatience < 1) {
            throw new IllegalArgumentException("logEvery, checkpointEvery, keepLast and nonFinitePatience must be at"
                    + " least 1, keepEvery at least 0");
        }
        if (minTargetVar < 0 || minPredVar < 0 || collapseAfter < 0) {
            throw new IllegalArgumentException("minTargetVar, minPredVar and collapseAfter must not be negative");
        }
    }
}
