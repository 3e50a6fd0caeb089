package org.sslam.audio.synth;

/**
 * Second-order band-pass with unit gain at its centre.
 *
 * <p>Source: Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients", BPF with 0 dB peak gain.
 */
final class Resonator {
    private final double b0;
    private final double a1;
    private final double a2;
    private double in1;
    private double in2;
    private double out1;
    private double out2;

    /**
     * @param centreHz frequency that passes unchanged
     * @param quality centre frequency over band width
     */
    Resonator(int sampleRateHz, double centreHz, double quality) {
        double omega = 2 * Math.PI * Math.min(centreHz, Signals.ceilingHz(sampleRateHz)) / sampleRateHz;
        double alpha = StrictMath.sin(omega) / (2 * quality);
        b0 = alpha / (1 + alpha);
        a1 = -2 * StrictMath.cos(omega) / (1 + alpha);
        a2 = (1 - alpha) / (1 + alpha);
    }

    double next(double in) {
        double out = b0 * (in - in2) - a1 * out1 - a2 * out2;
        in2 = in1;
        in1 = in;
        out2 = out1;
        out1 = out;
        return out;
    }
}
