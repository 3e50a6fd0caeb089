package org.sslam.audio.decode;

/**
 * A mono signal.
 *
 * @param samples amplitudes, nominally in [-1, 1]; owned by the receiver, not copied
 * @param sampleRateHz samples a second
 */
public record Waveform(float[] samples, int sampleRateHz) {
    public Waveform {
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("sample rate must be positive: " + sampleRateHz);
        }
    }

    public double durationSeconds() {
        return (double) samples.length / sampleRateHz;
    }
}
