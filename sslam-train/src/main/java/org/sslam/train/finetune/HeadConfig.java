package org.sslam.train.finetune;

import org.sslam.core.config.Key;
import org.sslam.models.encoder.Classifier;

/** What the head sees and how it is told what is right. */
public record HeadConfig(
        @Key(
                        doc =
                                "cls; mean or lin-softmax over patch tokens; rows: mean over time, frequency rows side by side",
                        value = "cls")
                Classifier.Pooling pooling,
        @Key(doc = "single: one class a clip; multi: any number; auto: single if every clip has one", value = "auto")
                LabelKind labels,
        @Key(doc = "bce, cross-entropy, or auto: cross-entropy for single labels", value = "auto") LossKind loss,
        @Key(doc = "share of the target spread over all classes, cross-entropy only", value = "0")
                double labelSmoothing,
        @Key(doc = "deviation of the head's first weights", value = "0.02") double std,
        @Key(
                        doc =
                                "bce: summed over classes and divided by the labels or clips (labels), or averaged over both (mean)",
                        value = "labels")
                Reduction reduction) {
    /** What binary cross entropy is divided by. */
    public enum Reduction {
        /** The sum of labels where clips have several, else the number of clips: SSLAM and EAT. */
        LABELS,
        /** The number of clips times the number of classes: Audio-MAE. */
        MEAN
    }

    /** Labels of a clip. */
    public enum LabelKind {
        /** Told by the clips. */
        AUTO,
        /** Exactly one class a clip; judged by accuracy. */
        SINGLE,
        /** Any number of classes a clip; judged by mAP. */
        MULTI
    }

    /** Loss of a batch. */
    public enum LossKind {
        /** Told by the labels. */
        AUTO,
        /** Binary cross entropy of every class. */
        BCE,
        /** Cross entropy over classes. */
        CROSS_ENTROPY
    }

    /** Checks the range and that smoothing has an effect. */
    public HeadConfig {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("labelSmoothing must lie in 0 .. 1, 1 excluded, not " + labelSmoothing);
        }
        if (!(std > 0)) {
            throw new IllegalArgumentException("head.std must be positive, not " + std);
        }
        if (labelSmoothing > 0 && loss == LossKind.BCE) {
            throw new IllegalArgumentException("labelSmoothing has no effect with loss bce; set it to 0");
        }
        if (loss == LossKind.CROSS_ENTROPY && labels == LabelKind.MULTI) {
            throw new IllegalArgumentException("loss cross-entropy needs single labels, not multi");
        }
    }
}
