package org.sslam.audio.data;

/**
 * How many broken clips a data set may have: a share of it, but one clip at least, unless the share is 0.
 *
 * @param share 0 to 1
 */
public record QuarantineLimit(double share) {
    /** Checks the range. */
    public QuarantineLimit {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("quarantineLimit must be 0 to 1, not " + share);
        }
    }

    /** Whether these are too many broken ones among so many clips. */
    public boolean isExceededBy(int broken, int clips) {
        return broken > (share == 0 ? 0 : Math.max(1, share * clips));
    }

    @Override
    public String toString() {
        return share * 100 + " %";
    }
}
