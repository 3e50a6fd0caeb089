package org.sslam.audio.feature;

import java.util.SplittableRandom;

/**
 * torchaudio's log-mel of the whole clip, standardised as a whole, then an excerpt: drawn uniformly in training, else from
 * the middle; with {@link LengthPolicy#PAD_OR_CUT} always the beginning. Shorter clips go on with their mirror image.
 *
 * <p>Source: MW-MAE paper, section 4.1; public code, where the last possible excerpt is never drawn and shorter clips do
 * not occur.
 */
final class StandardizedInput implements ClipInput {
    private final FrontEndConfig config;
    private final CentredLogMel logMel;

    StandardizedInput(FrontEndConfig config) {
        this.config = config;
        this.logMel = new CentredLogMel(config.logMel());
    }

    @Override
    public int frames(int samples) {
        return logMel.frames(samples);
    }

    @Override
    public boolean centresWaveform() {
        return false;
    }

    @Override
    public float[] raw(float[] wave) {
        return logMel.compute(wave);
    }

    @Override
    public void write(float[] wave, boolean train, SplittableRandom random, float[] outTF, int offset) {
        writeRaw(logMel.compute(wave), train, random, outTF, offset);
    }

    @Override
    public void writeRaw(float[] rawTF, boolean train, SplittableRandom random, float[] outTF, int offset) {
        float[] melTF = rawTF.clone();
        Standardization.BIASED.apply(melTF);
        int bins = logMel.bins();
        int available = melTF.length / bins;
        int first = 0;
        if (available > config.frames() && config.lengthPolicy() == LengthPolicy.RANDOM_CROP) {
            first = train
                    ? random.nextInt(available - config.frames())
                    : Math.max(0, available / 2 - config.frames() / 2);
        }
        MirroredFrames.copy(melTF, bins, first, config.frames(), outTF, offset);
    }
}
