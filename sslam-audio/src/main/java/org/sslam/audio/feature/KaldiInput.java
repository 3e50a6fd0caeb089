package org.sslam.audio.feature;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.sslam.audio.augment.SpectrogramMask;

/**
 * Kaldi's log-mel, length policy, [bands set to 0], then the data set's mean and deviation: padded and banded cells hold
 * {@code -mean / (2 std)}.
 *
 * <p>Source: SSLAM, EAT and Audio-MAE, raw audio data set.
 */
final class KaldiInput implements ClipInput {
    private final FrontEndConfig config;
    private final LogMel logMel;
    private final Normalization normalization;

    KaldiInput(FrontEndConfig config) {
        this.config = config;
        this.logMel = LogMel.kaldi(config.logMel());
        this.normalization = config.normalization();
    }

    @Override
    public int frames(int samples) {
        return logMel.frames(samples);
    }

    @Override
    public boolean centresWaveform() {
        return true;
    }

    @Override
    public float[] raw(float[] wave) {
        return logMel.compute(wave);
    }

    @Override
    public void write(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset) {
        int available = logMel.frames(wave.length);
        int first = firstFrame(available, train, random);
        int kept = Math.min(available, config.frames());
        LogMel.Options options = logMel.options();
        // Computes only the frames that are kept.
        int from = first * options.hopSamples();
        int to = from + (kept - 1) * options.hopSamples() + options.frameSamples();
        logMel.compute(wave, from, to, outTF, offset);
        finish(kept, train, random, outTF, offset);
    }

    @Override
    public void writeRaw(float[] rawTF, boolean train, SplittableRandom random, float[] outTF, int offset) {
        int bins = config.melBins();
        int available = rawTF.length / bins;
        int first = firstFrame(available, train, random);
        int kept = Math.min(available, config.frames());
        System.arraycopy(rawTF, first * bins, outTF, offset, kept * bins);
        finish(kept, train, random, outTF, offset);
    }

    private int firstFrame(int available, boolean train, SplittableRandom random) {
        int target = config.frames();
        boolean crop = train && config.lengthPolicy() == LengthPolicy.RANDOM_CROP && available > target;
        return crop ? random.nextInt(available - target + 1) : 0;
    }

    /** Fills up after the frames that are kept, bands, normalisation. */
    private void finish(int kept, boolean train, SplittableRandom random, float[] outTF, int offset) {
        int filled = kept * config.melBins();
        int size = config.frames() * config.melBins();
        if (config.lengthPolicy() == LengthPolicy.REPEAT) {
            for (int i = filled; i < size; i++) {
                outTF[offset + i] = outTF[offset + i - filled];
            }
        } else {
            Arrays.fill(outTF, offset + filled, offset + size, 0f);
        }
        if (train && config.augment().hasBands()) {
            new SpectrogramMask(config.augment().bandBins(), config.augment().bandFrames())
                    .apply(outTF, offset, config.frames(), config.melBins(), random);
        }
        normalization.apply(outTF, offset, offset + size);
    }
}
