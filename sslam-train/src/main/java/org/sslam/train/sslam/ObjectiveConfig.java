package org.sslam.train.sslam;

import java.util.Arrays;
import org.sslam.core.config.Key;
import org.sslam.models.sslam.RetentionTarget;
import org.sslam.train.objective.GlobalReduction;

/**
 * What SSLAM's student learns; every variant and ablation of the paper is one value here.
 *
 * <p>Term factors are those after the division by the sample size: 1 is the published weight, 0 switches a term off.
 * Source: SSLAM paper, section 3, tables 2, 4, 5, 6, 11.
 */
public record ObjectiveConfig(
        @Key(doc = "mb-ua, mb-pma, mb-ua-pma or sslam", value = "mb-ua") Variant variant,
        @Key(doc = "masked clones of each clip M, 0 for the variant's: 16, or 8 with both halves", value = "0")
                int clones,
        @Key(doc = "teacher blocks averaged for the local target, 0 for all", value = "0") int topKLocal,
        @Key(
                        doc =
                                "teacher blocks averaged for the global target, 0 for all, -1 for the variant's: all, or 1 with mixtures",
                        value = "-1")
                int topKGlobal,
        @Key(doc = "factor of the global loss on unmixed clips", value = "1") double globalUnmixed,
        @Key(doc = "factor of the global loss on mixtures", value = "1") double globalMixed,
        @Key(doc = "factor of the local loss on unmixed clips", value = "1") double localUnmixed,
        @Key(doc = "factor of the local loss on mixtures", value = "1") double localMixed,
        @Key(doc = "factor of the source-retention loss (variant sslam)", value = "1") double retention,
        @Key(doc = "factor of a global source-retention loss; table 5 of the paper shows it hurts", value = "0")
                double globalRetention,
        @Key(doc = "mean or max of both sources' features", value = "mean") RetentionTarget.Combination retentionTarget,
        @Key(doc = "sum-per-shard (published) or mean (equation 1)", value = "sum-per-shard")
                GlobalReduction globalReduction,
        @Key(doc = "clips of one shard of the global loss, 0 for the whole batch of a process", value = "0")
                int shardSize,
        @Key(doc = "how clips are mixed") MixingConfig mixing,
        @Key(doc = "concept separation, appendix C") MixItConfig mixit) {
    private static final int CLONES_OF_ONE = 16;
    private static final int CLONES_OF_TWO_HALVES = 8;

    /** Checks the ranges. */
    public ObjectiveConfig {
        if (clones < 0) {
            throw new IllegalArgumentException("clones must not be negative, not " + clones);
        }
        if (clones == 0) {
            clones = variant.unmixed() && variant.mixed() ? CLONES_OF_TWO_HALVES : CLONES_OF_ONE;
        }
        if (topKLocal < 0 || topKGlobal < -1 || shardSize < 0) {
            throw new IllegalArgumentException("topKLocal and shardSize must not be negative, topKGlobal at least -1");
        }
        if (topKGlobal == -1) {
            topKGlobal = variant.mixed() ? 1 : 0;
        }
        double[] factors = {globalUnmixed, globalMixed, localUnmixed, localMixed, retention, globalRetention};
        for (double factor : factors) {
            if (!(factor >= 0)) {
                throw new IllegalArgumentException("loss factors must not be negative");
            }
        }
        if (Arrays.stream(factors).sum() == 0) {
            throw new IllegalArgumentException("every loss factor is 0; switch at least one term on");
        }
        refuse(globalRetention > 0 && !variant.retention(), "globalRetention", "variant sslam", variant);
        refuse(
                retentionTarget != RetentionTarget.Combination.MEAN && !variant.retention(),
                "retentionTarget",
                "variant sslam",
                variant);
        refuse(!mixing.equals(MixingConfig.standard()) && !variant.mixed(), "mixing", "a variant that mixes", variant);
        if (shardSize > 0 && globalReduction == GlobalReduction.MEAN) {
            throw new IllegalArgumentException("shardSize has no effect with globalReduction mean; leave it 0");
        }
        if (mixing.probability() < 1 && variant != Variant.MB_PMA) {
            throw new IllegalArgumentException("mixing.probability below 1 needs variant mb-pma, not " + variant);
        }
        if (mixit.enabled() && variant != Variant.SSLAM) {
            throw new IllegalArgumentException(
                    "mixit replaces the retention loss and needs variant sslam, not " + variant);
        }
    }

    private static void refuse(boolean set, String key, String needs, Variant variant) {
        if (set) {
            throw new IllegalArgumentException(key + " has no effect with variant " + variant + "; it needs " + needs);
        }
    }

    /** Blocks of the local target in an encoder of this depth. */
    public int kLocal(int depth) {
        return inDepth(topKLocal, depth, "topKLocal");
    }

    /** Blocks of the global target in an encoder of this depth. */
    public int kGlobal(int depth) {
        return inDepth(topKGlobal, depth, "topKGlobal");
    }

    private static int inDepth(int k, int depth, String name) {
        if (k > depth) {
            throw new IllegalArgumentException(name + " is " + k + ", but the encoder has only " + depth + " blocks");
        }
        return k == 0 ? depth : k;
    }
}
