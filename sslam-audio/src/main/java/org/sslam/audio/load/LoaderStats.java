package org.sslam.audio.load;

import java.util.List;

/**
 * What a loader has done so far.
 *
 * @param waitNanos time that {@code next()} had to wait for batches
 * @param clipsDelivered clips in all batches handed out
 * @param cachedClips clips whose waveform lies in the cache
 * @param quarantined broken files, by their place in the source
 */
public record LoaderStats(long waitNanos, long clipsDelivered, int cachedClips, List<Quarantined> quarantined) {
    /** Copies the list. */
    public LoaderStats {
        quarantined = List.copyOf(quarantined);
    }
}
