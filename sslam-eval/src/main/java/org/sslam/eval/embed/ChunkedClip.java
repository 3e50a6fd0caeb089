package org.sslam.eval.embed;

import java.util.Arrays;
import java.util.Optional;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.feature.CentredLogMel;
import org.sslam.audio.feature.MirroredFrames;
import org.sslam.audio.feature.Standardization;
import org.sslam.audio.resample.Resampler;

/**
 * A sound by the two-second rule: its whole log-mel is standardised and cut in chunks as long as the encoder's input.
 *
 * <p>The last chunk is filled with the clip's mirror image and its share of the time steps is dropped again: of P frames that
 * were filled up in a chunk of C with S steps, floor(S P / C). (The published code computes one more chunk for clips of
 * whole chunks and drops all of it.) Since the deviation is that of the whole clip, it is held as a whole, up to an hour.
 * Source: public MW-MAE code, HEAR interface; paper, section 4.2.
 */
final class ChunkedClip {
    private static final int MOST_SECONDS = 3600;

    private final float[] melTF;
    private final double seconds;
    private final WindowPlan plan;
    private final int steps;
    private int nextChunk;

    /**
     * @param melTF standardised, (frames, bins)
     * @param seconds of sound
     */
    ChunkedClip(float[] melTF, double seconds, WindowPlan plan) {
        this.melTF = melTF;
        this.seconds = seconds;
        this.plan = plan;
        int chunk = plan.windowFrames();
        int frames = melTF.length / plan.logMel().bins();
        int filled = chunk - frames % chunk;
        int stepsOfChunk = chunk / plan.framesPerStep();
        this.steps = Math.multiplyExact((frames + filled) / chunk, stepsOfChunk) - stepsOfChunk * filled / chunk;
    }

    /**
     * Reads a sound to its end and closes it.
     *
     * @throws AudioException if it cannot be read, is too long to be held, or too short for a frame
     */
    static ChunkedClip of(AudioStream audio, WindowPlan plan) throws AudioException {
        try (audio) {
            int rateHz = plan.logMel().options().sampleRateHz();
            float[] samples = samples(audio);
            float[] wave = Resampler.of(audio.sampleRateHz(), rateHz).resample(samples);
            float[] melTF = new CentredLogMel(plan.logMel().options()).compute(wave);
            if (melTF.length == 0) {
                throw new AudioException(
                        samples.length == 0
                                ? "0 samples"
                                : "shorter than one analysis frame (" + samples.length + " samples at "
                                        + audio.sampleRateHz() + " Hz)");
            }
            Standardization.UNBIASED.apply(melTF);
            return new ChunkedClip(melTF, (double) wave.length / rateHz, plan);
        }
    }

    private static float[] samples(AudioStream audio) throws AudioException {
        int most = Math.multiplyExact(MOST_SECONDS, audio.sampleRateHz());
        float[] samples = new float[8 * audio.sampleRateHz()];
        int count = 0;
        while (true) {
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, (int) Math.min(most + 1L, 2L * count));
            }
            int asked = samples.length - count;
            int read = audio.read(samples, count, asked);
            count += read;
            if (count > most) {
                throw new AudioException("longer than an hour; this encoder normalises a sound as a whole, so cut it");
            }
            if (read < asked) {
                return Arrays.copyOf(samples, count);
            }
        }
    }

    /** The next chunk that keeps a time step, none at the end. */
    Optional<Window> next() {
        int stepsOfChunk = plan.windowFrames() / plan.framesPerStep();
        int firstStep = nextChunk * stepsOfChunk;
        if (firstStep >= steps) {
            return Optional.empty();
        }
        int bins = plan.logMel().bins();
        float[] chunkTF = new float[plan.windowFrames() * bins];
        MirroredFrames.copy(melTF, bins, nextChunk * plan.windowFrames(), plan.windowFrames(), chunkTF, 0);
        nextChunk++;
        return Optional.of(
                new Window(chunkTF, plan.windowFrames(), firstStep, Math.min(stepsOfChunk, steps - firstStep)));
    }

    /** Length of the sound. */
    double seconds() {
        return seconds;
    }

    /** Time between two steps: the sound's length shared out. */
    double stepSeconds() {
        return seconds / steps;
    }
}
