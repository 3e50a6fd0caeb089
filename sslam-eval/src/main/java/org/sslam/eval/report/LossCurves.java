package org.sslam.eval.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sslam.core.UserException;

/** Curves of a run from its metric log, one panel above the other: losses by name, learning rate, variances. */
public final class LossCurves {
    private static final int WIDTH = 900;
    private static final int LOSS_HEIGHT = 360;
    private static final int MOST_POINTS = 2000;

    private LossCurves() {}

    /**
     * Draws what the log holds and writes a PNG.
     *
     * @param metrics {@code metrics.jsonl} of a run directory
     * @param title one line above the curves
     * @throws UserException when the log cannot be read or the picture cannot be written
     */
    public static void write(Path metrics, String title, Path target) {
        Pictures.needNoDisplay();
        MetricLines lines = MetricLines.read(metrics);
        List<XYChart> panels = new ArrayList<>();
        addPanel(panels, lines, title, "loss", 1, lines.names(MetricNames.LOSS));
        addPanel(panels, lines, "", "learning rate x 1000", 1000, lines.names(MetricNames.LEARNING_RATE));
        List<String> variances = new ArrayList<>(lines.names(MetricNames.TARGET_VARIANCE));
        variances.addAll(lines.names(MetricNames.PREDICTION_VARIANCE));
        addPanel(panels, lines, "", "variance", 1, variances);
        if (panels.isEmpty()) {
            throw new UserException("the metric log " + metrics + " holds no losses, only "
                    + String.join(", ", lines.curves().keySet()));
        }
        Pictures.write(
                Panels.stack(
                        panels.stream().map(BitmapEncoder::getBufferedImage).toList()),
                target);
    }

    private static void addPanel(
            List<XYChart> panels, MetricLines lines, String title, String axis, double factor, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(panels.isEmpty() ? LOSS_HEIGHT : LOSS_HEIGHT * 2 / 3)
                .title(title)
                .xAxisTitle("update")
                .yAxisTitle(axis)
                .build();
        style(chart.getStyler(), title);
        for (int i = 0; i < names.size(); i++) {
            addCurve(chart, names.get(i), lines.curves().get(names.get(i)), factor, i);
        }
        panels.add(chart);
    }

    private static void addCurve(XYChart chart, String name, SortedMap<Long, Double> curve, double factor, int index) {
        int stride = (curve.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<Long> updates = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        int at = 0;
        for (var point : curve.entrySet()) {
            if (at++ % stride == 0 || at == curve.size()) {
                updates.add(point.getKey());
                values.add(factor * point.getValue());
            }
        }
        XYSeries series = chart.addSeries(name, updates, values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(Pictures.series(index));
        series.setLineWidth(name.equals(MetricNames.LOSS) ? 2.2f : 1.4f);
    }

    private static void style(XYStyler styler, String title) {
        Pictures.style(styler);
        styler.setChartTitleVisible(!title.isEmpty());
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setPlotGridLinesColor(Pictures.GRID);
        styler.setAxisTickLabelsFont(Pictures.TEXT);
        styler.setAxisTitleFont(Pictures.TEXT);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setXAxisMin(0.0);
        styler.setXAxisTickMarkSpacingHint(95);
        styler.setXAxisDecimalPattern("#,###");
        styler.setYAxisDecimalPattern("0.000");
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    }
}
