package org.sslam.train.run;

import org.sslam.audio.split.TaskClips;
import org.sslam.train.finetune.EncoderChoice;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.finetune.TaskTargets;

/**
 * What all runs of a task share.
 *
 * @param clips of all splits
 * @param dataHash of clips, labels and roles
 * @param targets right answers, kinds decided
 * @param encoder that is evaluated
 * @param figureName of the figure, for logs
 * @param figure what epochs are compared by
 */
public record FinetuneTask(
        FinetuneConfig config,
        TaskClips clips,
        String dataHash,
        TaskTargets targets,
        EncoderChoice encoder,
        String figureName,
        Figure figure) {
    /** Figure of merit of logits. */
    @FunctionalInterface
    public interface Figure {
        /** Higher is better. */
        double of(float[][] logitsNC, boolean[][] targetsNC);
    }
}
