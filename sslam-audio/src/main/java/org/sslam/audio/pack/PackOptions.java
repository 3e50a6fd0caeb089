package org.sslam.audio.pack;

import java.util.Optional;
import java.util.OptionalLong;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.shard.ShardCodec;

/**
 * How clips are packed.
 *
 * @param codec of the sounds
 * @param sampleRateHz rate that they are resampled to
 * @param logMel front-end whose log-mels are stored too, if any are
 * @param shardMegabytes length that a shard does not exceed unless one clip does, in 10^6 bytes
 * @param shuffleSeed seed of the order of packing; empty: the source's order
 */
public record PackOptions(
        ShardCodec codec,
        int sampleRateHz,
        Optional<FrontEndConfig> logMel,
        int shardMegabytes,
        OptionalLong shuffleSeed) {
    private static final long MEGABYTE = 1_000_000;
    /** A shard is counted in bytes by tools that know no more than 8 GiB. */
    private static final int MOST_MEGABYTES = 8000;

    /** Checks the ranges. */
    public PackOptions {
        check(
                sampleRateHz >= 1000 && sampleRateHz <= 768_000,
                "the rate must be 1000 to 768000 Hz, not " + sampleRateHz);
        check(
                shardMegabytes >= 1 && shardMegabytes <= MOST_MEGABYTES,
                "a shard must have 1 to " + MOST_MEGABYTES + " MB, not " + shardMegabytes);
        logMel.ifPresent(frontEnd -> check(
                frontEnd.sampleRateHz() == sampleRateHz,
                "log-mels are made at " + frontEnd.sampleRateHz() + " Hz, the sounds would be packed at " + sampleRateHz
                        + " Hz"));
    }

    /** Of FLAC at 16 kHz, a gigabyte a shard, shuffled by seed 0, without log-mels. */
    public static PackOptions standard() {
        return new PackOptions(ShardCodec.FLAC, 16_000, Optional.empty(), 1000, OptionalLong.of(0));
    }

    long shardBytes() {
        return shardMegabytes * MEGABYTE;
    }

    Optional<FrontEnd> frontEnd() {
        return logMel.map(FrontEnd::new);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
