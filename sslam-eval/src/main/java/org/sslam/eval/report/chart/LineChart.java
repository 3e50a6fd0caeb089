package org.sslam.eval.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Tag;

/**
 * Curves over a common axis. Long curves are thinned: each of at most {@value #MOST_POINTS} points is the mean of its
 * neighbours.
 *
 * @param name what the values are
 * @param xName what the curves run over, something that is counted
 * @param curves values by place, by the curve's name
 */
public record LineChart(String name, String xName, Map<String, SortedMap<Double, Double>> curves) {
    private static final int MOST_POINTS = 240;
    private static final double HEIGHT = 240;
    private static final int TICKS = 5;
    private static final double DOT = 3;

    /** Checks that there is something to draw. */
    public LineChart {
        if (curves.isEmpty() || curves.values().stream().anyMatch(SortedMap::isEmpty)) {
            throw new IllegalArgumentException("no points to draw for " + name);
        }
    }

    /** Heading, chart and legend. */
    public Html html() {
        List<Html> parts = new ArrayList<>();
        parts.add(Tag.of("h4").text(name));
        parts.add(svg().inline());
        if (curves.size() > 1) {
            parts.add(Legend.lines(new ArrayList<>(curves.keySet())));
        }
        return Tag.of("figure").with(parts);
    }

    Svg svg() {
        List<SortedMap<Double, Double>> drawn =
                curves.values().stream().map(LineChart::thinned).toList();
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        drawn.forEach(curve -> {
            xs.addAll(curve.keySet());
            ys.addAll(curve.values());
        });
        Frame frame = new Frame(Scale.counting(xs, TICKS), Scale.fitting(ys, TICKS), HEIGHT);
        Svg svg = new Svg(Frame.WIDTH, HEIGHT, describe());
        frame.draw(svg, xName);
        for (int i = 0; i < drawn.size(); i++) {
            List<Double> xy = new ArrayList<>();
            drawn.get(i).forEach((x, y) -> {
                xy.add(frame.x(x));
                xy.add(frame.y(y));
            });
            svg.curve("curve " + Svg.lineStyle(i), xy);
            if (xy.size() == 2) {
                svg.add(Tag.of("circle")
                        .set("class", "dot " + Svg.colour(i))
                        .set("cx", xy.get(0))
                        .set("cy", xy.get(1))
                        .set("r", DOT)
                        .empty());
            }
        }
        return svg;
    }

    private String describe() {
        List<String> ends = new ArrayList<>();
        curves.forEach((curve, values) -> ends.add(String.format(
                Locale.ROOT,
                "%s from %.4g to %.4g",
                curve,
                values.get(values.firstKey()),
                values.get(values.lastKey()))));
        return name + " over " + xName + ": " + String.join("; ", ends);
    }

    private static SortedMap<Double, Double> thinned(SortedMap<Double, Double> curve) {
        int stride = (curve.size() + MOST_POINTS - 1) / MOST_POINTS;
        if (stride == 1) {
            return curve;
        }
        SortedMap<Double, Double> thinned = new TreeMap<>();
        double x = 0;
        double y = 0;
        int gathered = 0;
        int left = curve.size();
        for (var point : curve.entrySet()) {
            x += point.getKey();
            y += point.getValue();
            gathered++;
            left--;
            if (gathered == stride || left == 0) {
                thinned.put(x / gathered, y / gathered);
                x = 0;
                y = 0;
                gathered = 0;
            }
        }
        return thinned;
    }
}
