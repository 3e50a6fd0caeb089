package org.sslam.train.finetune;

import org.sslam.audio.data.ClipSource;
import org.sslam.audio.load.BlockOrder;
import org.sslam.audio.load.EpochOrder;
import org.sslam.audio.load.RepeatedOrder;
import org.sslam.audio.load.WeightedOrder;
import org.sslam.core.UserException;
import org.sslam.core.config.Key;

/** Which training clips an epoch visits. */
public record SamplerConfig(
        @Key(
                        doc =
                                "uniform: every clip once; weighted: clips of rare classes more often; half-of-largest: clips of other"
                                        + " classes repeated until each has half as many as the largest",
                        value = "uniform")
                Kind kind,
        @Key(doc = "weighted: clips of one epoch", value = "200000") int draws) {
    /** How clips are chosen. */
    public enum Kind {
        /** Every clip once. */
        UNIFORM,
        /** By the weights of {@link ClipWeights}, without replacement. */
        WEIGHTED,
        /** Every clip at least once; see {@link ClipRepeats}. */
        HALF_OF_LARGEST
    }

    /** Checks the range. */
    public SamplerConfig {
        if (draws < 1) {
            throw new IllegalArgumentException("draws must be at least 1, not " + draws);
        }
    }

    /** The order of every epoch. */
    public EpochOrder order(ClipSource train, long seed) {
        if (kind == Kind.UNIFORM) {
            return BlockOrder.shuffled(train, seed);
        }
        if (kind == Kind.HALF_OF_LARGEST) {
            return new RepeatedOrder(ClipRepeats.of(train), seed);
        }
        try {
            return new WeightedOrder(ClipWeights.of(train), draws, seed);
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "sampler.draws does not fit " + train.description() + " (" + e.getMessage()
                            + "); lower sampler.draws, or set sampler.kind=uniform",
                    e);
        }
    }
}
