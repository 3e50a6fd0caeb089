package org.sslam.audio.load;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps decoded waveforms up to a fixed size and then takes no more: under random permutations every clip is needed
 * once an epoch, so throwing out old ones would gain nothing.
 */
final class WaveCache {
    private static final long ENTRY_OVERHEAD_BYTES = 64;

    private final ConcurrentMap<Integer, float[]> waves = new ConcurrentHashMap<>();
    private final AtomicLong usedBytes = new AtomicLong();
    private final long limitBytes;

    WaveCache(int megabytes) {
        this.limitBytes = megabytes * 1_000_000L;
    }

    boolean enabled() {
        return limitBytes > 0;
    }

    Optional<float[]> get(int index) {
        return Optional.ofNullable(waves.get(index));
    }

    void offer(int index, float[] wave) {
        long bytes = (long) wave.length * Float.BYTES + ENTRY_OVERHEAD_BYTES;
        if (usedBytes.addAndGet(bytes) > limitBytes || waves.putIfAbsent(index, wave) != null) {
            usedBytes.addAndGet(-bytes);
        }
    }

    int size() {
        return waves.size();
    }
}
