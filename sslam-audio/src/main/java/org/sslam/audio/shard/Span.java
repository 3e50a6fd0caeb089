package org.sslam.audio.shard;

import java.util.regex.Pattern;

/**
 * A member's bytes inside a shard.
 *
 * @param offset of the first
 * @param bytes how many
 * @param crc32c checksum of them, in hexadecimal
 */
public record Span(long offset, int bytes, String crc32c) {
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{8}");

    /** Checks the form; whether it lies inside the shard is the index's to check. */
    public Span {
        if (offset < 0
                || bytes < 0
                || crc32c == null
                || !CHECKSUM.matcher(crc32c).matches()) {
            throw new IllegalArgumentException(
                    "no place of a member: offset " + offset + ", bytes " + bytes + ", crc32c " + crc32c);
        }
    }

    /** Whether it lies inside a shard of that many bytes, which are not negative. */
    boolean liesWithin(long shardBytes) {
        return offset <= shardBytes - bytes;
    }

    /** The byte after the last; meaningful only of a span that lies within its shard. */
    long end() {
        return offset + bytes;
    }
}
