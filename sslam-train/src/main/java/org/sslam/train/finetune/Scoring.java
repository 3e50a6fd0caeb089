package org.sslam.train.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.load.Batch;
import org.sslam.core.UserException;
import org.sslam.core.engine.GradMode;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.EncoderDraws;

/**
 * Collects a classifier's logits over one pass through a source: single view, nothing random.
 *
 * <p>A clip that could not be read is left out, not judged by its substitute. A score that is not finite ends the pass: NaN
 * ranked as 0, as the public code does in training, would pass for a judgement.
 */
public final class Scoring {
    private final Classifier classifier;
    private final Ops ops;
    private final NDManager manager;
    private final HeadInput input;
    private final ClipSource source;
    private final List<Integer> clips = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();
    private int next;

    /**
     * @param manager parent of what a batch allocates
     * @param source the clips, which batches must visit in order
     */
    public Scoring(Classifier classifier, Ops ops, NDManager manager, HeadInput input, ClipSource source) {
        this.classifier = classifier;
        this.ops = ops;
        this.manager = manager;
        this.input = input;
        this.source = source;
    }

    /**
     * Scores one batch.
     *
     * @throws UserException if a score is NaN or infinite
     */
    public void add(Batch batch) {
        float[] values = GradMode.off(() -> {
            try (NDManager pass = manager.newSubManager();
                    NDArray pooled = input.pooledBD(pass, batch, EncoderDraws.NONE);
                    NDArray scores = classifier.logits(ops, pooled)) {
                return scores.toFloatArray();
            }
        });
        int classes = classifier.classes();
        for (int row = 0; row < batch.size(); row++) {
            int place = next++;
            if (batch.clipIndices()[row] != place) {
                continue;
            }
            float[] scores = new float[classes];
            System.arraycopy(values, row * classes, scores, 0, classes);
            refuseNonFinite(scores, batch.ids().get(row));
            clips.add(place);
            logits.add(scores);
        }
    }

    /** Places in the source of the clips that were scored, in order. */
    public List<Integer> clips() {
        return clips;
    }

    /** Their logits (N, C). */
    public float[][] logitsNC() {
        return logits.toArray(float[][]::new);
    }

    /** Whether every clip of the source has been seen. */
    public boolean complete() {
        return next == source.size();
    }

    private static void refuseNonFinite(float[] scores, String id) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new UserException("the model's score of clip " + id + " is " + score + ": its weights are damaged"
                        + " or its training diverged; train again with a lower learning rate (linear.learningRate in"
                        + " mode linear, else optimizer.learningRate)");
            }
        }
    }
}
