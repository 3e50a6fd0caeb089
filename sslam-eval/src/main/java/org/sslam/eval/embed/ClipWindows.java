package org.sslam.eval.embed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.feature.MelStream;

/**
 * One clip as the windows that the encoder sees, worked out as they are asked for: only what the policy needs is decoded,
 * and however long the sound is, no more than two windows of it are held besides those that were prefetched.
 *
 * <p>For one thread at a time.
 */
final class ClipWindows implements AutoCloseable {
    private final AudioStream.Opener sound;
    private final WindowPlan plan;
    private final Deque<Window> ready = new ArrayDeque<>();
    private MelStream mel;
    private ChunkedClip chunks;
    private int nextStart;
    private int startFrame;
    private int heardFrames;
    private boolean finished;
    private boolean givenUp;

    /**
     * @param sound opened at the first window, and once more where the middle of a long clip is wanted
     */
    ClipWindows(AudioStream.Opener sound, WindowPlan plan) {
        this.sound = sound;
        this.plan = plan;
    }

    /** Works ahead, up to some windows. */
    void prefetch(int windows) throws AudioException {
        while (ready.size() < windows && !finished) {
            if (plan.chunked()) {
                chunk();
            } else {
                ready.add(produce());
            }
        }
    }

    /** The next window, none at the end; every clip has at least one. */
    Optional<Window> next() throws AudioException {
        if (ready.isEmpty()) {
            prefetch(1);
        }
        return Optional.ofNullable(ready.poll());
    }

    /** Time of the first window's first frame; known with the first window. */
    double startSeconds() {
        return startFrame * plan.frameSeconds();
    }

    /** Time between two steps; known with the first window. */
    double stepSeconds() {
        return plan.chunked() ? chunks.stepSeconds() : plan.stepSeconds();
    }

    /** Sound that went into the windows so far. */
    double heardSeconds() {
        return plan.chunked() ? chunks.seconds() : heardFrames * plan.frameSeconds();
    }

    /** Whether {@link #next} has its answer at hand. */
    boolean needsNoDecoding() {
        return !ready.isEmpty() || finished;
    }

    /** Leaves the sound open, since a decoder that does not come back is still at work on it. */
    void giveUp() {
        givenUp = true;
    }

    @Override
    public void close() {
        if (givenUp) {
            return;
        }
        finished = true;
        if (mel != null) {
            mel.close();
        }
    }

    private void chunk() throws AudioException {
        if (chunks == null) {
            chunks = ChunkedClip.of(sound.open(), plan);
        }
        chunks.next().ifPresentOrElse(ready::add, () -> finished = true);
    }

    private Window produce() throws AudioException {
        if (mel == null) {
            mel = new MelStream(plan.logMel(), sound.open());
        }
        if (plan.fit() == ClipFit.SLIDE) {
            return slide();
        }
        finished = true;
        return switch (plan.fit()) {
            case REPEAT -> repeated();
            case CROP -> middle();
            case WHOLE -> whole();
            default -> padded(0, mel.fill(plan.windowFrames()), plan.windowFrames());
        };
    }

    /** Looks one frame beyond the window, so that the last window is known to be the last. */
    private Window slide() throws AudioException {
        int window = plan.windowFrames();
        int start = nextStart;
        int end = mel.fill(start + window);
        if (end < start + window) {
            // Up to the end of the sound, on the grid of time steps; the window before has left something over.
            start = plan.wholeSteps(Math.max(0, end - window)) * plan.framesPerStep();
            finished = true;
        } else {
            int beyond = mel.fill(end + 1);
            finished = beyond == end;
            nextStart = start + plan.hopFrames();
        }
        Window result = padded(start, end, window);
        mel.forget(start);
        return result;
    }

    private Window middle() throws AudioException {
        int window = plan.windowFrames();
        int end = mel.fill(window + 1);
        if (end <= window) {
            return padded(0, end, window);
        }
        mel.forget(Integer.MAX_VALUE);
        int frames = mel.fill(Integer.MAX_VALUE);
        mel.close();
        mel = new MelStream(plan.logMel(), sound.open());
        startFrame = (frames - window) / 2;
        mel.forget(startFrame);
        return window(startFrame, mel.fill(startFrame + window), window, 0);
    }

    private Window whole() throws AudioException {
        int end = mel.fill(plan.maxFrames() + 1);
        if (end > plan.maxFrames()) {
            throw new AudioException(String.format(
                    Locale.ROOT,
                    "longer than the %.1f s that the encoder takes in one piece; use slide",
                    plan.maxFrames() * plan.frameSeconds()));
        }
        return padded(0, end, plan.wholeSteps(end) * plan.framesPerStep());
    }

    private Window repeated() throws AudioException {
        Window once = padded(0, mel.fill(plan.windowFrames()), plan.windowFrames());
        int bins = plan.logMel().bins();
        float[] melTF = once.melTF();
        for (int i = heardFrames * bins; i < melTF.length; i++) {
            melTF[i] = melTF[i - heardFrames * bins];
        }
        return once;
    }

    private Window padded(int start, int end, int frames) {
        return window(start, end, frames, start / plan.framesPerStep());
    }

    private Window window(int start, int end, int frames, int firstStep) {
        int bins = plan.logMel().bins();
        float[] melTF = new float[Math.multiplyExact(frames, bins)];
        mel.copy(start, end, melTF, 0);
        plan.normalization().apply(melTF, 0, melTF.length);
        heardFrames = end - startFrame;
        return new Window(melTF, frames, firstStep, plan.wholeSteps(end - start));
    }
}
