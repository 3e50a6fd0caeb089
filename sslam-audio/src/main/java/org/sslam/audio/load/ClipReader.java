package org.sslam.audio.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.QuarantineLimit;
import org.sslam.audio.data.StoredMels;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;

/** Reads clips for the workers: cache, decoding, substitution of broken files, and a watch over slow ones. */
final class ClipReader {
    private final ClipSource source;
    private final AudioDecoder decoder;
    private final FrontEnd frontEnd;
    private final Quarantine quarantine;
    private final WaveCache cache;
    private final Optional<StoredMels> mels;
    private final Map<Thread, InFlight> inFlight = new ConcurrentHashMap<>();
    private volatile boolean cancelled;

    ClipReader(ClipSource source, AudioDecoder decoder, FrontEnd frontEnd, LoaderOptions options) {
        this.source = source;
        this.decoder = decoder;
        this.frontEnd = frontEnd;
        this.quarantine =
                new Quarantine(source.description(), source.size(), new QuarantineLimit(options.quarantineLimit()));
        this.cache = new WaveCache(options.cacheMegabytes());
        this.mels = source.storedMels();
        requireReadable(source, frontEnd.config(), options);
    }

    /**
     * Refuses stored log-mels for a run that they cannot stand for.
     *
     * @throws org.sslam.core.UserException if they cannot
     */
    static void requireReadable(ClipSource source, FrontEndConfig frontEnd, LoaderOptions options) {
        boolean waveforms = options.keepWaveforms() || options.mixing().isPresent();
        source.storedMels().ifPresent(stored -> stored.requireFor(frontEnd, options.train(), waveforms));
    }

    /**
     * A clip that was read.
     *
     * @param index its place in the source
     * @param wave its waveform or, where the source has log-mels, its log-mel; may be shared and must not be changed
     */
    record Loaded(int index, float[] wave) {}

    /** Whether log-mels are read in place of waveforms. */
    boolean readsMels() {
        return mels.isPresent();
    }

    private record InFlight(Path path, long startNanos) {}

    /**
     * Reads a clip, or the next one in the source's order that can be decoded.
     *
     * @throws org.sslam.core.UserException if too many files are broken
     * @throws CancellationException if the loader was closed
     */
    Loaded read(int wanted) {
        for (int step = 0; step < source.size(); step++) {
            int index = (int) (((long) wanted + step) % source.size());
            if (!quarantine.holds(index)) {
                Optional<float[]> wave = cache.get(index).or(() -> decode(index));
                if (wave.isPresent()) {
                    return new Loaded(index, wave.get());
                }
            }
        }
        throw quarantine.nothingLeft();
    }

    private Optional<float[]> decode(int index) {
        Clip clip = source.clip(index);
        requireRunning();
        inFlight.put(Thread.currentThread(), new InFlight(clip.path(), System.nanoTime()));
        try {
            float[] wave = mels.isPresent() ? mels.get().read(clip) : frontEnd.waveform(decoder.decode(clip.path()));
            cache.offer(index, wave);
            return Optional.of(wave);
        } catch (AudioException e) {
            // Closing interrupts workers, which looks like a broken file.
            requireRunning();
            quarantine.add(index, clip, e.reason());
            return Optional.empty();
        } finally {
            inFlight.remove(Thread.currentThread());
        }
    }

    private void requireRunning() {
        if (cancelled) {
            throw new CancellationException("the loader is closed");
        }
    }

    /** A file that has been in the decoder for longer than the timeout. */
    Optional<Path> overdue(Duration timeout) {
        long now = System.nanoTime();
        return inFlight.values().stream()
                .filter(entry -> now - entry.startNanos() > timeout.toNanos())
                .map(InFlight::path)
                .sorted()
                .findFirst();
    }

    void cancel() {
        cancelled = true;
    }

    /** Clips of the source. */
    int clips() {
        return source.size();
    }

    Clip clip(int index) {
        return source.clip(index);
    }

    Quarantine quarantine() {
        return quarantine;
    }

    WaveCache cache() {
        return cache;
    }
}
