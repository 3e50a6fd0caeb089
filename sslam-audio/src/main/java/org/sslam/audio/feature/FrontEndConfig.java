package org.sslam.audio.feature;

import org.sslam.core.config.Key;

/** Everything between a decoded clip and the model's input; the defaults are SSLAM's pre-training on AudioSet. */
public record FrontEndConfig(
        @Key(
                        doc = "kaldi (SSLAM, Audio-MAE) or torchaudio (MW-MAE, each clip by its own mean and std)",
                        value = "kaldi")
                FrontEndKind kind,
        @Key(doc = "rate that every clip is resampled to, Hz", value = "16000") int sampleRateHz,
        @Key(doc = "number of mel filters", value = "128") int melBins,
        @Key(doc = "frames of the model's input; shorter and longer clips follow lengthPolicy", value = "1024")
                int frames,
        @Key(doc = "mean of the data set's log-mels (as printed by data stats)", value = "-4.268") double mean,
        @Key(doc = "standard deviation of the data set's log-mels; inputs are (x - mean) / (2 std)", value = "4.569")
                double std,
        @Key(doc = "pad-or-cut, random-crop or repeat", value = "pad-or-cut") LengthPolicy lengthPolicy,
        @Key(doc = "analysis window, ms", value = "25") double frameMs,
        @Key(doc = "step between frames, ms", value = "10") double hopMs,
        @Key(doc = "lower edge of the mel filters, Hz", value = "20") double lowHz,
        @Key(doc = "upper edge of the mel filters, Hz; 0: half the sample rate", value = "8000") double highHz,
        @Key(doc = "training: roll the waveform circularly and scale it by Beta(10,10) + 0.5", value = "false")
                boolean rollAndMagnitude,
        @Key(doc = "training: add uniform noise to the log-mel and shift it by -10 to 9 frames", value = "false")
                boolean noise,
        @Key(doc = "training: how, and bands that are set to 0") AugmentConfig augment) {

    /** Checks the ranges; folders that were written when there was one kind only do not name it, nor {@code augment}. */
    public FrontEndConfig {
        kind = kind == null ? FrontEndKind.KALDI : kind;
        augment = augment == null ? AugmentConfig.standard() : augment;
        if (frames < 1) {
            throw new IllegalArgumentException("frames must be positive: " + frames);
        }
        // Built here only to refuse impossible values where the configuration is read.
        LogMel.Options mel = new LogMel.Options(sampleRateHz, melBins, frameMs, hopMs, lowHz, highHz);
        new Normalization(mean, std);
        if (kind == FrontEndKind.TORCHAUDIO) {
            new CentredLogMel(mel);
            if (mean != 0 || std != 1) {
                throw new IllegalArgumentException(
                        "kind torchaudio normalises each clip by itself; set mean: 0 and std: 1");
            }
            if (lengthPolicy == LengthPolicy.REPEAT) {
                throw new IllegalArgumentException(
                        "kind torchaudio fills clips with their mirror image; set lengthPolicy: random-crop"
                                + " or pad-or-cut");
            }
            if (augment.hasBands()) {
                throw new IllegalArgumentException(
                        "kind torchaudio knows no bands; set augment.bandBins and bandFrames: 0");
            }
        }
    }

    /** The defaults above. */
    public static FrontEndConfig audioSet() {
        return new FrontEndConfig(
                FrontEndKind.KALDI,
                16000,
                128,
                1024,
                -4.268,
                4.569,
                LengthPolicy.PAD_OR_CUT,
                25,
                10,
                20,
                8000,
                false,
                false,
                AugmentConfig.standard());
    }

    /** MW-MAE's: 80 mel bins from 50 Hz on, 200 frames of a standardised clip. */
    public static FrontEndConfig mwmae() {
        return new FrontEndConfig(
                FrontEndKind.TORCHAUDIO,
                16000,
                80,
                200,
                0,
                1,
                LengthPolicy.RANDOM_CROP,
                25,
                10,
                50,
                8000,
                false,
                false,
                AugmentConfig.standard());
    }

    /** The same with another input length. */
    public FrontEndConfig withFrames(int otherFrames) {
        return new FrontEndConfig(
                kind,
                sampleRateHz,
                melBins,
                otherFrames,
                mean,
                std,
                lengthPolicy,
                frameMs,
                hopMs,
                lowHz,
                highHz,
                rollAndMagnitude,
                noise,
                augment);
    }

    /** The same with training clips that are rolled and scaled. */
    public FrontEndConfig withRollAndMagnitude() {
        return new FrontEndConfig(
                kind,
                sampleRateHz,
                melBins,
                frames,
                mean,
                std,
                lengthPolicy,
                frameMs,
                hopMs,
                lowHz,
                highHz,
                true,
                noise,
                augment);
    }

    public LogMel.Options logMel() {
        return new LogMel.Options(sampleRateHz, melBins, frameMs, hopMs, lowHz, highHz);
    }

    public Normalization normalization() {
        return new Normalization(mean, std);
    }
}
