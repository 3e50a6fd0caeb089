package org.sslam.eval.metric;

/** Share of the clips whose highest-scored class is the right one. */
public final class Accuracy {
    private Accuracy() {}

    /**
     * Accuracy of the highest score, in [0, 1].
     *
     * @param scoresNC clips x classes, logits or probabilities
     * @param labels right class of each clip
     */
    public static double of(float[][] scoresNC, int[] labels) {
        int[] predicted = new int[scoresNC.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = argmax(scoresNC[i]);
        }
        return of(predicted, labels);
    }

    /**
     * Share of equal entries, in [0, 1].
     *
     * @throws IllegalArgumentException when there are no clips or the lengths differ
     */
    public static double of(int[] predicted, int[] labels) {
        if (predicted.length == 0 || predicted.length != labels.length) {
            throw new IllegalArgumentException(
                    predicted.length + " predictions but " + labels.length + " labels; none may be empty");
        }
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == labels[i] ? 1 : 0;
        }
        return (double) right / predicted.length;
    }

    /** Index of the highest score, the first of equal ones (numpy.argmax). */
    public static int argmax(float[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }
}
