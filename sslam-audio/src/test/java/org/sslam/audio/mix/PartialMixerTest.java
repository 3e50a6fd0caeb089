package org.sslam.audio.mix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartialMixerTest {
    private static final Regions REGIONS = new Regions(6, 1, 1, 3, 1);

    @Test
    void aClipIsMixedWithItsPredecessorOutsideTheRegions() {
        float[] batch = {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4};
        float[] max = new PartialMixer(MixKind.LOGMEL_MAX, MixExtent.PARTIAL).mix(batch, 3, 1, REGIONS);
        assertArrayEquals(new float[] {4, 1, 4, 1, 4, 4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4}, max);
        float[] mean = new PartialMixer(MixKind.LOGMEL_MEAN, MixExtent.PARTIAL).mix(batch, 3, 1, REGIONS);
        assertArrayEquals(
                new float[] {2.5f, 1, 2.5f, 1, 2.5f, 2.5f, 1.5f, 2, 1.5f, 2, 1.5f, 1.5f, 3, 4, 3, 4, 3, 3}, mean);
        assertEquals(1f, batch[0]);
    }

    @Test
    void aSingleClipMixesWithItself() {
        float[] clip = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(clip, new PartialMixer(MixKind.LOGMEL_MEAN, MixExtent.PARTIAL).mix(clip, 1, 1, REGIONS));
    }

    @Test
    void fullMixingDrawsNoRegions() {
        PartialMixer full = new PartialMixer(MixKind.LOGMEL_MAX, MixExtent.FULL);
        assertEquals(Regions.none(128, 16), full.regions(new SplittableRandom(1), 128, 16));
        PartialMixer partial = new PartialMixer(MixKind.LOGMEL_MAX, MixExtent.PARTIAL);
        assertEquals(Regions.draw(new SplittableRandom(1), 128, 16), partial.regions(new SplittableRandom(1), 128, 16));
    }

    @Test
    void waveformsAreAveragedOverTheSamplesOfTheMixedFrames() {
        float[] own = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
        float[] other = new float[13];
        float[] mixed = PartialMixer.mixWaveforms(own, other, REGIONS, 2);
        assertArrayEquals(new float[] {1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1}, mixed);
        float[][] batch = new PartialMixer(MixKind.WAVEFORM_MEAN, MixExtent.FULL)
                .mixWaveforms(new float[][] {{2, 4}, {6, 8, 10}}, Regions.none(6, 1), 2);
        assertArrayEquals(new float[] {4, 6, 5}, batch[0]);
        assertArrayEquals(new float[] {4, 6, 5}, batch[1]);
    }

    @Test
    void wrongShapesAndKindsAreRefused() {
        PartialMixer waves = new PartialMixer(MixKind.WAVEFORM_MEAN, MixExtent.FULL);
        assertThrows(IllegalStateException.class, () -> waves.mix(new float[6], 1, 1, REGIONS));
        PartialMixer max = new PartialMixer(MixKind.LOGMEL_MAX, MixExtent.FULL);
        assertThrows(IllegalArgumentException.class, () -> max.mix(new float[7], 1, 1, REGIONS));
    }
}
