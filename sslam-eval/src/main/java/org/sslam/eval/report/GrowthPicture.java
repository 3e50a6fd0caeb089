package org.sslam.eval.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the cost of a step grows, one panel for each thing that is varied, beside what the arithmetic says. */
public final class GrowthPicture {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 280;

    private GrowthPicture() {}

    /**
     * One thing that is varied.
     *
     * @param axis what, in words
     * @param x its values, ascending
     * @param measuredMs of a step
     * @param arithmeticMs of a step, at the speed of the last point
     */
    public record Panel(String axis, List<Double> x, List<Double> measuredMs, List<Double> arithmeticMs) {}

    /** Draws the panels below each other and writes a PNG. */
    public static void write(List<Panel> panels, Path target) {
        Pictures.needNoDisplay();
        List<XYChart> charts = new ArrayList<>();
        for (Panel panel : panels) {
            XYChart chart = new XYChartBuilder()
                    .width(WIDTH)
                    .height(HEIGHT)
                    .xAxisTitle(panel.axis())
                    .yAxisTitle("ms a step")
                    .build();
            Pictures.style(chart.getStyler());
            chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
            chart.getStyler().setPlotGridLinesColor(Pictures.GRID);
            chart.getStyler().setXAxisMin(0.0);
            chart.getStyler().setYAxisMin(0.0);
            XYSeries measured = chart.addSeries("measured", panel.x(), panel.measuredMs());
            measured.setMarker(SeriesMarkers.CIRCLE);
            measured.setMarkerColor(Pictures.series(0));
            measured.setLineColor(Pictures.series(0));
            XYSeries arithmetic =
                    chart.addSeries("arithmetic, at the last point's speed", panel.x(), panel.arithmeticMs());
            arithmetic.setMarker(SeriesMarkers.NONE);
            arithmetic.setLineColor(Pictures.series(1));
            charts.add(chart);
        }
        Pictures.write(
                Panels.stack(
                        charts.stream().map(BitmapEncoder::getBufferedImage).toList()),
                target);
    }
}
