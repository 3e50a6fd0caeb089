package org.sslam.audio.feature;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.sslam.audio.augment.NoiseAndShift;
import org.sslam.audio.augment.RollAndMagnitude;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.resample.Resampler;

/**
 * Turns a decoded clip into the model's input, in the fixed order: resample, subtract the mean, [roll and magnitude],
 * log-mel, length policy, normalise, [noise and shift]; the bracketed steps in training only and where configured.
 *
 * <p>Padding comes before normalisation, so that padded cells hold {@code -mean / (2 std)}. Immutable and thread-safe;
 * random steps depend on the given generator alone. Source: SSLAM and EAT, raw audio data set.
 */
public final class FrontEnd {
    private final FrontEndConfig config;
    private final LogMel logMel;
    private final Normalization normalization;

    public FrontEnd(FrontEndConfig config) {
        this.config = config;
        this.logMel = LogMel.kaldi(config.logMel());
        this.normalization = config.normalization();
    }

    public FrontEndConfig config() {
        return config;
    }

    public LogMel logMel() {
        return logMel;
    }

    /** Floats of one clip's input: frames x bins. */
    public int outputSize() {
        return Math.multiplyExact(config.frames(), config.melBins());
    }

    /**
     * The clip at the configured rate, its mean subtracted; the given samples stay untouched.
     *
     * @throws AudioException if it is shorter than one analysis frame (no file named; see {@link AudioException#at})
     */
    public float[] waveform(Waveform clip) throws AudioException {
        float[] samples = clip.samples();
        float[] resampled =
                Resampler.of(clip.sampleRateHz(), config.sampleRateHz()).resample(samples);
        if (logMel.frames(resampled.length) == 0) {
            throw new AudioException("shorter than one analysis frame of " + config.frameMs() + " ms (" + samples.length
                    + " samples at " + clip.sampleRateHz() + " Hz)");
        }
        float[] wave = resampled == samples ? samples.clone() : resampled;
        double sum = 0;
        for (float sample : wave) {
            sum += sample;
        }
        float mean = (float) (sum / wave.length);
        for (int i = 0; i < wave.length; i++) {
            wave[i] -= mean;
        }
        return wave;
    }

    /**
     * Model input of one waveform.
     *
     * @param wave mean-subtracted waveform at the configured rate, at least one frame long; not changed
     * @param train whether augmentation and random crops apply
     * @param random source of every draw; unused (and may be null) unless {@code train}
     * @param outTF receives (frames, bins) row-major from {@code offset} on
     */
    public void melOf(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset) {
        float[] input = train && config.rollAndMagnitude() ? RollAndMagnitude.apply(wave, random) : wave;
        fit(input, train, random, outTF, offset);
        normalization.apply(outTF, offset, offset + outputSize());
        if (train && config.noise()) {
            NoiseAndShift.apply(outTF, offset, config.frames(), config.melBins(), random);
        }
    }

    /** As {@link #melOf} without augmentation and without normalisation: what data statistics are taken from. */
    public void rawMelOf(float[] wave, float[] outTF, int offset) {
        fit(wave, false, null, outTF, offset);
    }

    /** Log-mel of the clip's own frames, (clip frames, bins), neither fitted nor normalised. */
    public float[] rawMel(float[] wave) {
        return logMel.compute(wave);
    }

    /** Computes only the frames that the length policy keeps. */
    private void fit(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset) {
        int target = config.frames();
        int available = logMel.frames(wave.length);
        if (available == 0) {
            throw new IllegalArgumentException("the waveform is shorter than one frame: " + wave.length + " samples");
        }
        boolean crop = train && config.lengthPolicy() == LengthPolicy.RANDOM_CROP && available > target;
        int first = crop ? random.nextInt(available - target + 1) : 0;
        int kept = Math.min(available, target);
        LogMel.Options options = logMel.options();
        int from = first * options.hopSamples();
        int to = from + (kept - 1) * options.hopSamples() + options.frameSamples();
        logMel.compute(wave, from, to, outTF, offset);
        int filled = kept * config.melBins();
        if (config.lengthPolicy() == LengthPolicy.REPEAT) {
            for (int i = filled; i < outputSize(); i++) {
                outTF[offset + i] = outTF[offset + i - filled];
            }
        } else {
            Arrays.fill(outTF, offset + filled, offset + outputSize(), 0f);
        }
    }
}
