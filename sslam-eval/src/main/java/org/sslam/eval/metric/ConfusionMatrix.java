package org.sslam.eval.metric;

import java.util.Arrays;

/** How often clips of each class were taken for each class: rows are the right classes, columns the predicted ones. */
public final class ConfusionMatrix {
    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Counts the pairs of right and predicted class.
     *
     * @param labels right class of each clip, in [0, classes)
     * @param predicted predicted class of each clip, in [0, classes)
     * @throws IllegalArgumentException when the lengths differ or a class is out of range
     */
    public static ConfusionMatrix of(int[] labels, int[] predicted, int classes) {
        if (labels.length != predicted.length) {
            throw new IllegalArgumentException(labels.length + " labels but " + predicted.length + " predictions");
        }
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            if (Math.min(labels[i], predicted[i]) < 0 || Math.max(labels[i], predicted[i]) >= classes) {
                throw new IllegalArgumentException("clip " + i + ": class " + labels[i] + " taken for " + predicted[i]
                        + ", but there are classes 0 to " + (classes - 1));
            }
            counts[labels[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    public int classes() {
        return counts.length;
    }

    /** Number of clips of class {@code label} that were taken for class {@code predicted}. */
    public long count(int label, int predicted) {
        return counts[label][predicted];
    }

    /** Share of the clips of this class that were recognised; NaN for a class without clips. */
    public double recall(int label) {
        return (double) counts[label][label] / Arrays.stream(counts[label]).sum();
    }

    /** Share of all clips that were recognised; NaN without clips. */
    public double accuracy() {
        long all = 0;
        long right = 0;
        for (int c = 0; c < counts.length; c++) {
            all += Arrays.stream(counts[c]).sum();
            right += counts[c][c];
        }
        return (double) right / all;
    }
}
