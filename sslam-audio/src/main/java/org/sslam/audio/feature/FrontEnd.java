package org.sslam.audio.feature;

import java.util.SplittableRandom;
import org.sslam.audio.augment.MelRoll;
import org.sslam.audio.augment.NoiseAndShift;
import org.sslam.audio.augment.RollAndMagnitude;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.resample.Resampler;

/**
 * Turns a decoded clip into the model's input, in the fixed order: resample, [roll and magnitude], log-mel, length and
 * normalisation as the {@link FrontEndKind} has them, [noise and shift]; the bracketed steps in training only and where
 * configured.
 *
 * <p>Immutable and thread-safe; random steps depend on the given generator alone.
 */
public final class FrontEnd {
    private final FrontEndConfig config;
    private final ClipInput input;

    public FrontEnd(FrontEndConfig config) {
        this.config = config;
        this.input = switch (config.kind()) {
            case KALDI -> new KaldiInput(config);
            case TORCHAUDIO -> new StandardizedInput(config);
        };
    }

    public FrontEndConfig config() {
        return config;
    }

    /** Floats of one clip's input: frames x bins. */
    public int outputSize() {
        return Math.multiplyExact(config.frames(), config.melBins());
    }

    /** Frames that a waveform gives before it is cut or filled up; 0 where it is too short. */
    public int frames(int samples) {
        return input.frames(samples);
    }

    /**
     * The clip at the configured rate, its mean subtracted where the kind does so; the given samples stay untouched.
     *
     * @throws AudioException if it is shorter than one analysis frame (no file named; see {@link AudioException#at})
     */
    public float[] waveform(Waveform clip) throws AudioException {
        float[] samples = clip.samples();
        float[] resampled =
                Resampler.of(clip.sampleRateHz(), config.sampleRateHz()).resample(samples);
        if (input.frames(resampled.length) == 0) {
            throw new AudioException("shorter than one analysis frame of " + config.frameMs() + " ms (" + samples.length
                    + " samples at " + clip.sampleRateHz() + " Hz)");
        }
        float[] wave = resampled == samples ? samples.clone() : resampled;
        if (input.centresWaveform()) {
            centre(wave);
        }
        return wave;
    }

    private static void centre(float[] wave) {
        double sum = 0;
        for (float sample : wave) {
            sum += sample;
        }
        float mean = (float) (sum / wave.length);
        for (int i = 0; i < wave.length; i++) {
            wave[i] -= mean;
        }
    }

    /**
     * Model input of one waveform.
     *
     * @param wave as {@link #waveform} gives it, at least one frame long; not changed
     * @param train whether augmentation and random crops apply
     * @param random source of every draw; unused (and may be null) unless {@code train}
     * @param outTF receives (frames, bins) row-major from {@code offset} on
     */
    public void melOf(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset) {
        if (input.frames(wave.length) == 0) {
            throw new IllegalArgumentException("the waveform is shorter than one frame: " + wave.length + " samples");
        }
        float[] heard = train ? rolled(wave, random) : wave;
        write(heard, train, random, outTF, offset);
    }

    /**
     * Model input of two training clips mixed: {@code lambda first + (1 - lambda) second}, each rolled and scaled by itself
     * where configured, the second cut or filled up to the first one's length, the mean of the sum taken away.
     *
     * @param first as {@link #waveform} gives it; not changed
     * @param second likewise
     * @param outTF receives (frames, bins) row-major from {@code offset} on
     */
    public void melOfMixture(
            float[] first, float[] second, double lambda, SplittableRandom random, float[] outTF, int offset) {
        float[] a = rolled(first, random);
        float[] b = rolled(second, random);
        float[] wave = new float[a.length];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) (lambda * a[i] + (i < b.length ? (1 - lambda) * b[i] : 0));
        }
        if (input.centresWaveform()) {
            centre(wave);
        }
        write(wave, true, random, outTF, offset);
    }

    private float[] rolled(float[] wave, SplittableRandom random) {
        return config.rollAndMagnitude()
                ? RollAndMagnitude.apply(wave, config.augment().gain(), random)
                : wave;
    }

    /**
     * Model input of a log-mel that was computed before; without rolling the same draws as {@link #melOf}. Where waveforms
     * would be rolled and scaled, the log-mel is, see {@link MelRoll}; that is for {@link FrontEndKind#KALDI} alone.
     *
     * @param rawTF as {@link #rawMel} gives it, at least one frame; not changed
     * @param outTF receives (frames, bins) row-major from {@code offset} on
     */
    public void melOfRaw(float[] rawTF, boolean train, SplittableRandom random, float[] outTF, int offset) {
        boolean rolls = train && config.rollAndMagnitude();
        float[] heardTF = rolls
                ? MelRoll.apply(
                        rawTF,
                        config.melBins(),
                        LogMel.LN_FLOOR,
                        config.augment().gain(),
                        random)
                : rawTF;
        input.writeRaw(heardTF, train, random, outTF, offset);
        disturb(train, random, outTF, offset);
    }

    private void write(float[] heard, boolean train, SplittableRandom random, float[] outTF, int offset) {
        input.write(heard, train, random, outTF, offset);
        disturb(train, random, outTF, offset);
    }

    private void disturb(boolean train, SplittableRandom random, float[] outTF, int offset) {
        if (train && config.noise()) {
            NoiseAndShift.apply(config.augment().noise(), outTF, offset, config.frames(), config.melBins(), random);
        }
    }

    /** Log-mel of the clip's own frames, (clip frames, bins), neither fitted nor normalised. */
    public float[] rawMel(float[] wave) {
        return input.raw(wave);
    }
}
