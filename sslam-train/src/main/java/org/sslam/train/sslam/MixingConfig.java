package org.sslam.train.sslam;

import org.sslam.audio.mix.MixExtent;
import org.sslam.audio.mix.MixKind;
import org.sslam.audio.mix.PartialMixer;
import org.sslam.core.config.Key;

/** How two clips are mixed. Source: SSLAM paper, section 3.2, tables 4 and 10. */
public record MixingConfig(
        @Key(doc = "logmel-max, logmel-mean or waveform-mean", value = "logmel-max") MixKind kind,
        @Key(doc = "partial (two regions stay unmixed) or full", value = "partial") MixExtent extent,
        @Key(doc = "share of updates that mix; the others are unmixed (variant mb-pma only)", value = "1")
                double probability) {
    /** Checks the probability. */
    public MixingConfig {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must lie in 0 .. 1, not " + probability);
        }
    }

    /** The published mixing. */
    public static MixingConfig standard() {
        return new MixingConfig(MixKind.LOGMEL_MAX, MixExtent.PARTIAL, 1);
    }

    /** The mixer. */
    public PartialMixer mixer() {
        return new PartialMixer(kind, extent);
    }
}
