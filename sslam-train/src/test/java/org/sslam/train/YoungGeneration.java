package org.sslam.train;

/** For tests that watch the memory of the process. */
public final class YoungGeneration {
    private static final int PIECES = 4096;
    private static final int PIECE_BYTES = 1 << 18;

    private YoungGeneration() {}

    /**
     * Fills it once: pages that no object has reached yet would count as growth when one does.
     *
     * @return bytes that were allocated and are garbage now
     */
    public static long touch() {
        long touched = 0;
        for (int i = 0; i < PIECES; i++) {
            byte[] garbage = new byte[PIECE_BYTES];
            garbage[i] = 1;
            touched += garbage.length;
        }
        return touched;
    }
}
