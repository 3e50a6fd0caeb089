package org.sslam.eval.probe;

/**
 * Fitted weights: score of class c is {@code z_c = W_c . x + b_c}; the highest score is the predicted class.
 *
 * <p>Scores grow with the probability, so they serve every metric that looks at order only.
 */
final class LogisticModel {
    private final int classes;
    private final int columns;
    private final double[] weights;
    private final double[] intercepts;
    private final int iterations;
    private final double gradientNorm;

    LogisticModel(
            int classes, int columns, double[] weights, double[] intercepts, int iterations, double gradientNorm) {
        this.classes = classes;
        this.columns = columns;
        this.weights = weights;
        this.intercepts = intercepts;
        this.iterations = iterations;
        this.gradientNorm = gradientNorm;
    }

    /**
     * The same model over more classes.
     *
     * @param fitted class of each row of weights
     * @param constants score of every class without weights; its length is the number of classes
     */
    LogisticModel spread(int[] fitted, double[] constants) {
        double[] allWeights = new double[constants.length * columns];
        double[] allIntercepts = constants.clone();
        for (int k = 0; k < fitted.length; k++) {
            System.arraycopy(weights, k * columns, allWeights, fitted[k] * columns, columns);
            allIntercepts[fitted[k]] = intercepts[k];
        }
        return new LogisticModel(constants.length, columns, allWeights, allIntercepts, iterations, gradientNorm);
    }

    double weight(int label, int column) {
        return weights[label * columns + column];
    }

    double intercept(int label) {
        return intercepts[label];
    }

    int iterations() {
        return iterations;
    }

    /** Euclidean norm of the gradient where the fit ended. */
    double gradientNorm() {
        return gradientNorm;
    }

    /** Scores, rows x classes. */
    float[][] scores(Features features) {
        double[] classesByRows = new double[classes * features.rows()];
        Product.multiply(weights, features.transposed().values(), classesByRows, classes, columns, features.rows());
        float[][] scores = new float[features.rows()][classes];
        for (int i = 0; i < features.rows(); i++) {
            for (int c = 0; c < classes; c++) {
                scores[i][c] = (float) (classesByRows[c * features.rows() + i] + intercepts[c]);
            }
        }
        return scores;
    }
}
