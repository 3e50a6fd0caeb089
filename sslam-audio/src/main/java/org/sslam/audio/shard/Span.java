package org.sslam.audio.shard;

/**
 * A member's bytes inside a shard.
 *
 * @param offset of the first
 * @param bytes how many
 * @param crc32c checksum of them, in hexadecimal
 */
public record Span(long offset, int bytes, String crc32c) {
    /** Checks the form; whether it lies inside the shard is the index's to check. */
    public Span {
        if (offset < 0 || bytes < 0 || crc32c == null || !crc32c.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException(
                    "no place of a member: offset " + offset + ", bytes " + bytes + ", crc32c " + crc32c);
        }
    }

    long end() {
        return offset + bytes;
    }
}
