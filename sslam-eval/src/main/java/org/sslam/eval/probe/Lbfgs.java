package org.sslam.eval.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/**
 * Limited-memory BFGS for smooth convex functions, in double precision and without any randomness.
 *
 * <p>The line search bisects for the weak Wolfe conditions, which keeps the inverse Hessian estimate positive definite.
 * Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5; Lewis and Overton 2013, section 4 (line
 * search).
 */
final class Lbfgs {
    private static final int HISTORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MAX_TRIALS = 40;

    private Lbfgs() {}

    /** A differentiable function of many variables. */
    @FunctionalInterface
    interface Function {
        /**
         * @param gradient overwritten with the gradient at {@code point}
         * @return the value at {@code point}
         */
        double valueAndGradient(double[] point, double[] gradient);
    }

    /**
     * Where the search ended.
     *
     * @param gradientNorm Euclidean norm of the gradient there
     */
    record Minimum(double[] point, double value, double gradientNorm, int iterations) {}

    private record Pair(double[] step, double[] change, double inverseCurvature) {}

    /**
     * Searches until the gradient's Euclidean norm is at most {@code tolerance}, rounding allows no further descent, or
     * the iterations are used up.
     *
     * @param inverseHessian a symmetric positive definite guess, applied to a gradient
     */
    static Minimum minimize(
            Function function,
            UnaryOperator<double[]> inverseHessian,
            double[] start,
            double tolerance,
            int maxIterations) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = function.valueAndGradient(point, gradient);
        Deque<Pair> history = new ArrayDeque<>();
        int iteration = 0;
        while (iteration < maxIterations && norm(gradient) > tolerance) {
            double[] direction = descent(history, inverseHessian, gradient);
            double slope = dot(direction, gradient);
            double[] next = new double[point.length];
            double[] nextGradient = new double[point.length];
            double nextValue = lineSearch(function, point, value, direction, slope, next, nextGradient);
            if (Double.isNaN(nextValue)) {
                break;
            }
            remember(history, point, gradient, next, nextGradient);
            point = next;
            gradient = nextGradient;
            value = nextValue;
            iteration++;
        }
        return new Minimum(point, value, norm(gradient), iteration);
    }

    /** Minus the estimated inverse Hessian times the gradient (two-loop recursion). */
    private static double[] descent(Deque<Pair> history, UnaryOperator<double[]> inverseHessian, double[] gradient) {
        double[] direction = gradient.clone();
        double[] shares = new double[history.size()];
        int i = shares.length;
        for (Iterator<Pair> newestFirst = history.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            shares[--i] = pair.inverseCurvature * dot(pair.step, direction);
            addTo(direction, -shares[i], pair.change);
        }
        direction = inverseHessian.apply(direction);
        for (Pair pair : history) {
            double share = pair.inverseCurvature * dot(pair.change, direction);
            addTo(direction, shares[i++] - share, pair.step);
        }
        for (int j = 0; j < direction.length; j++) {
            direction[j] = -direction[j];
        }
        return direction;
    }

    /** Fills {@code next} and its gradient; returns its value, or NaN when rounding hides every descent. */
    private static double lineSearch(
            Function function,
            double[] point,
            double value,
            double[] direction,
            double slope,
            double[] next,
            double[] nextGradient) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = 1;
        for (int trial = 0; trial < MAX_TRIALS; trial++) {
            for (int i = 0; i < next.length; i++) {
                next[i] = point[i] + length * direction[i];
            }
            double nextValue = function.valueAndGradient(next, nextGradient);
            if (!(nextValue <= value + SUFFICIENT_DECREASE * length * slope)) {
                high = length;
            } else if (dot(nextGradient, direction) < CURVATURE * slope) {
                low = length;
            } else {
                return nextValue;
            }
            length = high == Double.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
        }
        return Double.NaN;
    }

    private static void remember(
            Deque<Pair> history, double[] point, double[] gradient, double[] next, double[] nextGradient) {
        double[] step = next.clone();
        addTo(step, -1, point);
        double[] change = nextGradient.clone();
        addTo(change, -1, gradient);
        double curvature = dot(step, change);
        if (curvature > 0) {
            if (history.size() == HISTORY) {
                history.removeFirst();
            }
            history.addLast(new Pair(step, change, 1 / curvature));
        }
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addTo(double[] target, double weight, double[] summand) {
        for (int i = 0; i < target.length; i++) {
            target[i] += weight * summand[i];
        }
    }
}
