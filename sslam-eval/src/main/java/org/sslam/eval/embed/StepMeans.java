package org.sslam.eval.embed;

import java.util.Arrays;

/** A clip's sequence of frames: time steps where windows overlap are averaged, those of padding are left out. */
final class StepMeans implements Gather<FrameSequence> {
    private final ClipWindows clip;
    private final int width;
    private float[] sums = {};
    private int[] counts = {};
    private int steps;

    /**
     * @param clip tells where its first frame lies and how far steps are apart
     * @param width numbers a time step
     */
    StepMeans(ClipWindows clip, int width) {
        this.clip = clip;
        this.width = width;
    }

    @Override
    public void add(Window window, float[] output) {
        steps = Math.max(steps, window.firstStep() + window.steps());
        if (steps > counts.length) {
            int capacity = Math.max(steps, 2 * counts.length);
            sums = Arrays.copyOf(sums, Math.multiplyExact(capacity, width));
            counts = Arrays.copyOf(counts, capacity);
        }
        for (int s = 0; s < window.steps(); s++) {
            int at = (window.firstStep() + s) * width;
            for (int i = 0; i < width; i++) {
                sums[at + i] += output[s * width + i];
            }
            counts[window.firstStep() + s]++;
        }
    }

    @Override
    public FrameSequence result() {
        float[] means = Arrays.copyOf(sums, steps * width);
        for (int i = 0; i < means.length; i++) {
            means[i] /= counts[i / width];
        }
        return new FrameSequence(means, steps, width, clip.startSeconds(), clip.stepSeconds());
    }
}
