package org.sslam.train.sslam;

/**
 * What a batch of the student is made of and which families of loss apply.
 *
 * <p>Source: SSLAM paper, table 2 and algorithm 1.
 */
public enum Variant {
    /** Unmixed audio only: stage 1, and the baseline of stage 2. */
    MB_UA(true, false, false),
    /** Partially mixed audio only. */
    MB_PMA(false, true, false),
    /** Unmixed and partially mixed audio, half and half. */
    MB_UA_PMA(true, true, false),
    /** As MB-UA-PMA, with the source-retention loss on the mixed half. */
    SSLAM(true, true, true);

    private final boolean unmixed;
    private final boolean mixed;
    private final boolean retention;

    Variant(boolean unmixed, boolean mixed, boolean retention) {
        this.unmixed = unmixed;
        this.mixed = mixed;
        this.retention = retention;
    }

    /** Whether the student sees the clips as they are. */
    public boolean unmixed() {
        return unmixed;
    }

    /** Whether the student sees mixtures. */
    public boolean mixed() {
        return mixed;
    }

    /** Whether the decoder is also compared with both sources heard alone. */
    public boolean retention() {
        return retention;
    }
}
