package org.sslam.audio.pack;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.sslam.audio.data.QuarantineLimit;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.shard.ShardWriter;

/**
 * How clips are packed.
 *
 * @param codec of the sounds
 * @param sampleRateHz rate that they are resampled to
 * @param logMel front-end whose log-mels are stored too, if any are
 * @param shardMegabytes length that a shard does not exceed unless one clip does, in 10^6 bytes
 * @param shuffleSeed seed of the order of packing; empty: the source's order
 * @param quarantineLimit how many clips may be broken; no byte depends on it
 * @param timeout longest time one clip may take
 */
public record PackOptions(
        ShardCodec codec,
        int sampleRateHz,
        Optional<FrontEndConfig> logMel,
        int shardMegabytes,
        OptionalLong shuffleSeed,
        QuarantineLimit quarantineLimit,
        Duration timeout) {
    private static final double USUAL_LIMIT = 0.01;
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
        check(timeout.toMillis() >= 1, "timeout must be at least 1 ms, not " + timeout);
        logMel.ifPresent(frontEnd -> check(
                frontEnd.sampleRateHz() == sampleRateHz,
                "log-mels are made at " + frontEnd.sampleRateHz() + " Hz, the sounds would be packed at " + sampleRateHz
                        + " Hz"));
    }

    /** With 1 % of broken clips at most and the usual time for each. */
    public PackOptions(
            ShardCodec codec,
            int sampleRateHz,
            Optional<FrontEndConfig> logMel,
            int shardMegabytes,
            OptionalLong shuffleSeed) {
        this(
                codec,
                sampleRateHz,
                logMel,
                shardMegabytes,
                shuffleSeed,
                new QuarantineLimit(USUAL_LIMIT),
                DecodeLimits.LONGEST_TIME);
    }

    /** Of FLAC at 16 kHz, a gigabyte a shard, shuffled by seed 0, without log-mels. */
    public static PackOptions standard() {
        return new PackOptions(ShardCodec.FLAC, 16_000, Optional.empty(), 1000, OptionalLong.of(0));
    }

    /** The same with another share of broken clips that is borne. */
    public PackOptions withQuarantineLimit(double share) {
        return new PackOptions(
                codec, sampleRateHz, logMel, shardMegabytes, shuffleSeed, new QuarantineLimit(share), timeout);
    }

    /** The same with another longest time for one clip. */
    public PackOptions withTimeout(Duration longest) {
        return new PackOptions(codec, sampleRateHz, logMel, shardMegabytes, shuffleSeed, quarantineLimit, longest);
    }

    ShardWriter.Room room() {
        return ShardWriter.Room.of(shardMegabytes * MEGABYTE);
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
