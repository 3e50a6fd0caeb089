package org.sslam.audio.mix;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Mixes every clip of a batch with its predecessor (clip 0 with the last): {@code mixed[i] = mix(x[i], x[i-1])} inside
 * the mixed regions, {@code x[i]} elsewhere. A batch of one mixes with itself. Inputs are never changed.
 *
 * <p>Maximum and mean of log-mels commute with an affine normalisation shared by both clips, so raw or normalised
 * log-mels may be given. Source: SSLAM paper, section 3.2 and table 10; the sample ranges of partial waveform mixing
 * are ours.
 *
 * @param kind what mixing means
 * @param extent partial or full
 */
public record PartialMixer(MixKind kind, MixExtent extent) {

    /** The regions for one batch: drawn for {@link MixExtent#PARTIAL}, {@link Regions#none} for full mixing. */
    public Regions regions(SplittableRandom random, int frames, int patchFrames) {
        return extent == MixExtent.FULL ? Regions.none(frames, patchFrames) : Regions.draw(random, frames, patchFrames);
    }

    /**
     * Mixes log-mels.
     *
     * @param melBTF (batch, regions.frames(), bins) row-major
     * @return a new array of the same shape
     * @throws IllegalStateException if the kind is {@link MixKind#WAVEFORM_MEAN}
     */
    public float[] mix(float[] melBTF, int batch, int bins, Regions regions) {
        if (kind == MixKind.WAVEFORM_MEAN) {
            throw new IllegalStateException("waveforms are mixed before the front-end, not as log-mels");
        }
        int clip = Math.multiplyExact(regions.frames(), bins);
        if (batch < 1 || melBTF.length != (long) batch * clip) {
            throw new IllegalArgumentException(
                    "expected " + batch + " x " + regions.frames() + " x " + bins + " cells, got " + melBTF.length);
        }
        float[] mixed = melBTF.clone();
        for (int b = 0; b < batch; b++) {
            int own = b * clip;
            int other = Math.floorMod(b - 1, batch) * clip;
            for (int[] range : regions.mixedRanges()) {
                for (int i = range[0] * bins; i < range[1] * bins; i++) {
                    float x = melBTF[own + i];
                    float y = melBTF[other + i];
                    mixed[own + i] = kind == MixKind.LOGMEL_MAX ? Math.max(x, y) : 0.5f * (x + y);
                }
            }
        }
        return mixed;
    }

    /** Mixes each waveform with its predecessor of the batch; see {@link #mixWaveforms(float[], float[], Regions, int)}. */
    public float[][] mixWaveforms(float[][] waves, Regions regions, int hopSamples) {
        float[][] mixed = new float[waves.length][];
        for (int b = 0; b < waves.length; b++) {
            mixed[b] = mixWaveforms(waves[b], waves[Math.floorMod(b - 1, waves.length)], regions, hopSamples);
        }
        return mixed;
    }

    /**
     * Averages two mean-subtracted waveforms inside the samples {@code [hop * from, hop * to)} of every mixed stretch; one
     * that ends with the clip's last frame goes on to the last sample.
     *
     * @param own the clip; a shorter one is continued by silence
     * @param other the clip mixed into it
     * @param hopSamples samples between two frames (160 for 10 ms at 16 kHz)
     * @return a new waveform as long as the longer of the two
     */
    public static float[] mixWaveforms(float[] own, float[] other, Regions regions, int hopSamples) {
        float[] mixed = Arrays.copyOf(own, Math.max(own.length, other.length));
        for (int[] range : regions.mixedRanges()) {
            boolean last = range[1] == regions.frames();
            int from = (int) Math.min(mixed.length, (long) range[0] * hopSamples);
            int to = last ? mixed.length : (int) Math.min(mixed.length, (long) range[1] * hopSamples);
            for (int i = from; i < to; i++) {
                mixed[i] = 0.5f * (mixed[i] + (i < other.length ? other[i] : 0f));
            }
        }
        return mixed;
    }
}
