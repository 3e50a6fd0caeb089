package org.sslam.train.sslam;

import org.sslam.core.config.Key;

/** Concept separation instead of source retention. Source: SSLAM paper, appendix C; K and the MLP are our choice. */
public record MixItConfig(
        @Key(doc = "replace the retention loss by mixture-invariant separation", value = "false") boolean enabled,
        @Key(doc = "vectors a token K", value = "4") int vectors) {
    private static final int MAX_VECTORS = 10;

    /** Checks K. */
    public MixItConfig {
        if (vectors < 1 || vectors > MAX_VECTORS) {
            throw new IllegalArgumentException("vectors must lie in 1 .. " + MAX_VECTORS + ", not " + vectors);
        }
    }
}
