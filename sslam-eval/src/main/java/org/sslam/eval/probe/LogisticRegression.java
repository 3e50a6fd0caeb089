package org.sslam.eval.probe;

import java.util.Arrays;

/**
 * Logistic regression with an L2 penalty, fitted by L-BFGS in double precision, the same on every machine.
 *
 * <p>Minimises {@code C * sum_i log-loss_i + 0.5 * ||W||^2} over weights W and intercepts b; intercepts are not
 * penalised. Two classes are fitted as one binary problem. Source: scikit-learn {@code LogisticRegression} (solver
 * lbfgs) and, for several labels a clip, {@code OneVsRestClassifier} around it.
 */
final class LogisticRegression {
    private LogisticRegression() {}

    /**
     * Fits one class a clip (softmax).
     *
     * @param labels class of each row; classes that do not occur are never predicted
     * @param classes number of classes
     * @throws IllegalArgumentException when fewer than two classes occur or a label is out of range
     */
    static LogisticModel fit(Features features, int[] labels, int classes, ProbeOptions options) {
        int[] present = Arrays.stream(labels).distinct().sorted().toArray();
        if (present.length < 2 || present[0] < 0 || present[present.length - 1] >= classes) {
            throw new IllegalArgumentException("labels must hold at least two of the classes 0 to " + (classes - 1)
                    + ", but hold " + Arrays.toString(present));
        }
        boolean binary = present.length == 2;
        int fitted = binary ? 1 : present.length;
        double[] targets = new double[fitted * labels.length];
        for (int i = 0; i < labels.length; i++) {
            int c = Arrays.binarySearch(present, labels[i]) - (binary ? 1 : 0);
            if (c >= 0) {
                targets[c * labels.length + i] = 1;
            }
        }
        double[] constants = new double[classes];
        Arrays.fill(constants, Double.NEGATIVE_INFINITY);
        constants[present[0]] = 0;
        LogisticModel model = fit(features, targets, fitted, binary ? Link.SIGMOID : Link.SOFTMAX, options);
        return model.spread(binary ? new int[] {present[1]} : present, constants);
    }

    /**
     * Fits each label by itself (one versus rest), for clips that carry any number of labels.
     *
     * <p>A label that no row or every row carries has no weights; its score is infinite, the limit of the fit.
     *
     * @param targets rows x labels
     */
    static LogisticModel fit(Features features, boolean[][] targets, ProbeOptions options) {
        int rows = targets.length;
        double[] constants = new double[targets[0].length];
        int[] fitted = new int[constants.length];
        int count = 0;
        for (int c = 0; c < constants.length; c++) {
            int label = c;
            long carriers = Arrays.stream(targets).filter(row -> row[label]).count();
            constants[c] = carriers == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            if (carriers > 0 && carriers < rows) {
                fitted[count++] = c;
            }
        }
        double[] flat = new double[count * rows];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < rows; i++) {
                flat[k * rows + i] = targets[i][fitted[k]] ? 1 : 0;
            }
        }
        return fit(features, flat, count, Link.SIGMOID, options).spread(Arrays.copyOf(fitted, count), constants);
    }

    private static LogisticModel fit(
            Features features, double[] targets, int classes, Link link, ProbeOptions options) {
        int rows = features.rows();
        int columns = features.columns();
        if (targets.length != classes * rows) {
            throw new IllegalArgumentException(
                    rows + " rows of features and " + classes + " classes, but " + targets.length + " targets");
        }
        Features transposed = features.transposed();
        double share = link == Link.SOFTMAX ? 1.0 / classes : 0.5;
        Lbfgs.Minimum minimum = Lbfgs.minimize(
                new Objective(features, transposed, targets, classes, link, options.c()),
                new Curvature(features, transposed, classes, options.c() * share * (1 - share)),
                new double[classes * (columns + 1)],
                options.tolerance(),
                options.maxIterations());
        double[] weights = Arrays.copyOf(minimum.point(), classes * columns);
        double[] intercepts = Arrays.copyOfRange(minimum.point(), classes * columns, classes * (columns + 1));
        return new LogisticModel(classes, columns, weights, intercepts, minimum.iterations(), minimum.gradientNorm());
    }

    /** The penalised loss over the variables [weights, classes x columns; intercepts, classes]. */
    private static final class Objective implements Lbfgs.Function {
        private final Features rowsByColumns;
        private final Features columnsByRows;
        private final double[] targets;
        private final int classes;
        private final Link link;
        private final double c;
        private final double[] scores;

        Objective(Features rowsByColumns, Features columnsByRows, double[] targets, int classes, Link link, double c) {
            this.rowsByColumns = rowsByColumns;
            this.columnsByRows = columnsByRows;
            this.targets = targets;
            this.classes = classes;
            this.link = link;
            this.c = c;
            this.scores = new double[targets.length];
        }

        @Override
        public double valueAndGradient(double[] point, double[] gradient) {
            int rows = rowsByColumns.rows();
            int columns = rowsByColumns.columns();
            int weights = classes * columns;
            Product.multiply(point, columnsByRows.values(), scores, classes, columns, rows);
            for (int k = 0; k < classes; k++) {
                for (int i = 0; i < rows; i++) {
                    scores[k * rows + i] += point[weights + k];
                }
            }
            double loss = link.lossAndResidual(scores, targets, classes, rows);
            Product.multiply(scores, rowsByColumns.values(), gradient, classes, rows, columns);
            double squares = 0;
            for (int w = 0; w < weights; w++) {
                squares += point[w] * point[w];
                gradient[w] = c * gradient[w] + point[w];
            }
            for (int k = 0; k < classes; k++) {
                gradient[weights + k] =
                        c * Arrays.stream(scores, k * rows, (k + 1) * rows).sum();
            }
            return c * loss + 0.5 * squares;
        }
    }
}
