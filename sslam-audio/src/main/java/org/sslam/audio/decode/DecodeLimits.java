package org.sslam.audio.decode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What a decoder refuses, so that one odd file cannot exhaust memory or poison a batch.
 *
 * @param maxSeconds longest accepted sound
 * @param maxChannels most accepted channels
 * @param minRateHz lowest accepted sample rate
 * @param maxRateHz highest accepted sample rate
 */
public record DecodeLimits(double maxSeconds, int maxChannels, int minRateHz, int maxRateHz) {
    /** What reading one clip may take, whatever it is read for; a decoder or a disk that takes longer hangs. */
    public static final Duration LONGEST_TIME = Duration.ofMinutes(2);

    /** Above this a sample is garbage, and its power would leave the range of float. */
    private static final float MAX_AMPLITUDE = 1e9f;

    public DecodeLimits {
        if (!(maxSeconds > 0) || maxChannels < 1 || minRateHz < 1 || maxRateHz < minRateHz) {
            throw new IllegalArgumentException("decode limits must be positive and ordered");
        }
    }

    /** One hour, 64 channels, 1 to 768 kHz. */
    public static DecodeLimits standard() {
        return new DecodeLimits(3600, 64, 1000, 768_000);
    }

    /** As {@link #standard()} but up to a day: for reading piece by piece, where length costs no memory. */
    public static DecodeLimits piecewise() {
        DecodeLimits standard = standard();
        return new DecodeLimits(24 * 3600.0, standard.maxChannels, standard.minRateHz, standard.maxRateHz);
    }

    void checkFormat(Path file, long channels, long rateHz) throws AudioException {
        if (channels < 1) {
            throw new AudioException(file, "0 channels");
        }
        if (channels > maxChannels) {
            throw new AudioException(file, channels + " channels, more than the limit of " + maxChannels);
        }
        if (rateHz < minRateHz || rateHz > maxRateHz) {
            throw new AudioException(
                    file, "sample rate " + rateHz + " Hz is outside " + minRateHz + ".." + maxRateHz + " Hz");
        }
    }

    /** Checks the length in samples a channel, known or reached so far. */
    void checkLength(Path file, long samples, int rateHz) throws AudioException {
        double seconds = (double) samples / rateHz;
        if (seconds > maxSeconds) {
            throw new AudioException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "%.0f s or more of sound, longer than the limit of %.0f s; cut it into shorter files",
                            seconds,
                            maxSeconds));
        }
    }

    /** Checks that a whole signal fits in one array. */
    static void checkFits(Path file, long samples) throws AudioException {
        if (samples > Integer.MAX_VALUE - 8) {
            throw new AudioException(file, samples + " samples, more than fit in memory; cut it into shorter files");
        }
    }

    /** Checks a whole decoded signal: not empty, every sample a sane number. */
    static Waveform checkSamples(Path file, float[] samples, int rateHz) throws AudioException {
        if (samples.length == 0) {
            throw new AudioException(file, "0 samples");
        }
        try {
            checkSamples(samples, 0, samples.length, 0);
        } catch (AudioException e) {
            throw e.at(file);
        }
        return new Waveform(samples, rateHz);
    }

    /**
     * Checks {@code samples[from .. to)}: every one a sane number.
     *
     * @param first number of the first of them within the whole sound
     */
    static void checkSamples(float[] samples, int from, int to, long first) throws AudioException {
        for (int i = from; i < to; i++) {
            if (!(Math.abs(samples[i]) <= MAX_AMPLITUDE)) {
                String what = Float.isNaN(samples[i])
                        ? "not a number (NaN)"
                        : Float.isInfinite(samples[i]) ? "infinite" : "absurdly large (" + samples[i] + ")";
                throw new AudioException("sample " + (first + i - from) + " is " + what);
            }
        }
    }
}
