package org.sslam.eval.embed;

import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.feature.Normalization;
import org.sslam.core.UserException;
import org.sslam.models.encoder.AudioEncoder;

/**
 * How clips are cut into windows for one encoder.
 *
 * @param logMel frames of the encoder's input
 * @param normalization of its cells
 * @param fit what happens to other lengths
 * @param windowFrames length of a window
 * @param hopFrames frames between the beginnings of two windows
 * @param framesPerStep frames of a time step of the patch grid; windows begin at whole steps
 * @param maxFrames longest input of the encoder
 * @param chunked whether sounds are normalised as a whole and cut in windows side by side, see {@link ChunkedClip}
 */
record WindowPlan(
        LogMel logMel,
        Normalization normalization,
        ClipFit fit,
        int windowFrames,
        int hopFrames,
        int framesPerStep,
        int maxFrames,
        boolean chunked) {
    private static final double MILLIS_PER_SECOND = 1e3;

    /**
     * The plan of an encoder.
     *
     * @throws UserException if the hop is longer than the window, or the encoder wants sounds as a whole
     */
    static WindowPlan of(AudioEncoder encoder, EmbedOptions options) {
        FrontEndConfig input = encoder.frontEnd();
        int step = encoder.framesPerStep();
        int hop = input.frames();
        boolean chunked = input.kind() == FrontEndKind.TORCHAUDIO;
        if (chunked && (options.fit() != ClipFit.SLIDE || options.hopSeconds().isPresent())) {
            throw new UserException("encoders of the family " + encoder.family()
                    + " take whole sounds in chunks side by side; use the policy slide without a hop");
        }
        if (options.hopSeconds().isPresent()) {
            double frames = options.hopSeconds().getAsDouble() * MILLIS_PER_SECOND / input.hopMs();
            hop = (int) Math.max(step, Math.min(Integer.MAX_VALUE / 2, Math.round(frames / step) * step));
            if (hop > input.frames()) {
                throw new UserException("a hop of " + options.hopSeconds().getAsDouble()
                        + " s leaves gaps between windows of " + input.frames() * input.hopMs() / MILLIS_PER_SECOND
                        + " s; choose a shorter hop");
            }
        }
        return new WindowPlan(
                LogMel.kaldi(input.logMel()),
                input.normalization(),
                options.fit(),
                input.frames(),
                hop,
                step,
                encoder.maxFrames(),
                chunked);
    }

    /** Time between two frames. */
    double frameSeconds() {
        return logMel.options().hopMs() / MILLIS_PER_SECOND;
    }

    /** Time between two time steps. */
    double stepSeconds() {
        return framesPerStep * frameSeconds();
    }

    /** The frames that a clip's last patches need. */
    int wholeSteps(int frames) {
        return (frames + framesPerStep - 1) / framesPerStep;
    }
}
