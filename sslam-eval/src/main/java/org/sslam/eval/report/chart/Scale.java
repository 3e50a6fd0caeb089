package org.sslam.eval.report.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sslam.eval.report.Ticks;

/**
 * From values to places on an axis.
 *
 * @param low value at place 0
 * @param high value at place 1
 * @param step between ticks; 0 for a logarithmic axis
 */
record Scale(double low, double high, double step) {
    private static final double WIDE = 60;

    /** A linear axis that holds all values and begins and ends at ticks. */
    static Scale linear(Collection<Double> values, int ticks) {
        double least = least(values);
        double most = most(values);
        // A flat curve lies in the middle of an axis of its own size.
        double spare = most > least ? 0 : Math.max(Math.abs(most), 1e-6) / 2;
        double step = Ticks.step(most - least + 2 * spare, ticks);
        return between(least - spare, most + spare, step);
    }

    /** A linear axis of things that are counted: ticks at whole numbers, a single place in the middle. */
    static Scale counting(Collection<Double> values, int ticks) {
        double least = least(values);
        double most = most(values);
        if (most == least) {
            return new Scale(least - 0.5, most + 0.5, 1);
        }
        double step = Math.max(1, Ticks.step(most - least, ticks));
        return between(least, most, step);
    }

    private static Scale between(double least, double most, double step) {
        return new Scale(step * Math.floor(least / step + 1e-9), step * Math.ceil(most / step - 1e-9), step);
    }

    /** A linear axis with its ends at these values. */
    static Scale exact(double low, double high, int ticks) {
        return new Scale(low, high, Ticks.step(high - low, ticks));
    }

    /** Logarithmic if the values are positive and spread far, else linear. */
    static Scale fitting(Collection<Double> values, int ticks) {
        double least = least(values);
        double most = most(values);
        return least > 0 && most / least > WIDE
                ? new Scale(Math.pow(10, Math.floor(Math.log10(least))), Math.pow(10, Math.ceil(Math.log10(most))), 0)
                : linear(values, ticks);
    }

    boolean logarithmic() {
        return step == 0;
    }

    /** Where a value lies: 0 at the low end, 1 at the high end. */
    double place(double value) {
        return logarithmic() ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic()) {
            for (double tick = low; tick <= high * (1 + 1e-9); tick *= 10) {
                ticks.add(tick);
            }
        } else {
            for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
                ticks.add(k * step);
            }
        }
        return ticks;
    }

    String text(double tick) {
        if (!logarithmic()) {
            return Ticks.text(tick, step);
        }
        int exponent = (int) Math.round(Math.log10(tick));
        return exponent < -3 || exponent > 4 ? "1e" + exponent : Ticks.text(tick, Math.min(1, tick));
    }

    private static double least(Collection<Double> values) {
        return values.stream().mapToDouble(v -> v).min().orElseThrow(Scale::nothing);
    }

    private static double most(Collection<Double> values) {
        return values.stream().mapToDouble(v -> v).max().orElseThrow(Scale::nothing);
    }

    private static IllegalArgumentException nothing() {
        return new IllegalArgumentException("an axis needs values");
    }
}
