package org.sslam.eval.probe;

/** How scores become probabilities, with the log-loss and its derivative. */
enum Link {
    /** One class of many: {@code p = exp(z_c) / sum exp(z)}. */
    SOFTMAX {
        @Override
        double lossAndResidual(double[] scores, double[] targets, int classes, int rows) {
            double loss = 0;
            for (int i = 0; i < rows; i++) {
                double highest = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    highest = Math.max(highest, scores[c * rows + i]);
                }
                double sum = 0;
                double chosen = 0;
                for (int c = 0; c < classes; c++) {
                    int at = c * rows + i;
                    double score = scores[at] - highest;
                    chosen += targets[at] * score;
                    scores[at] = Math.exp(score);
                    sum += scores[at];
                }
                loss += Math.log(sum) - chosen;
                for (int c = 0; c < classes; c++) {
                    int at = c * rows + i;
                    scores[at] = scores[at] / sum - targets[at];
                }
            }
            return loss;
        }
    },

    /** Each class by itself: {@code p = 1 / (1 + exp(-z))}. */
    SIGMOID {
        @Override
        double lossAndResidual(double[] scores, double[] targets, int classes, int rows) {
            double loss = 0;
            for (int at = 0; at < classes * rows; at++) {
                double score = scores[at];
                double small = Math.exp(-Math.abs(score));
                loss += Math.log1p(small) + Math.max(score, 0) - targets[at] * score;
                scores[at] = (score >= 0 ? 1 : small) / (1 + small) - targets[at];
            }
            return loss;
        }
    };

    /**
     * Replaces scores by probability minus target.
     *
     * @param scores classes x rows, overwritten
     * @param targets classes x rows, 0 or 1
     * @return sum of the log-losses
     */
    abstract double lossAndResidual(double[] scores, double[] targets, int classes, int rows);
}
