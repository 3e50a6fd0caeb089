package org.sslam.eval.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;
import org.sslam.core.UserException;

/**
 * Bars side by side, each with its value and a line of plus and minus one error, on an axis from 0 to 100 percent.
 *
 * @param title one line above the bars
 * @param axis name of the figure, such as {@code accuracy (%)}
 */
public record BarPicture(String title, String axis) {
    /**
     * One bar.
     *
     * @param name what was measured
     * @param percent its figure, 0 to 100
     * @param errorPercent half the length of the error line, 0 for none
     */
    public record Bar(String name, double percent, double errorPercent) {}

    /**
     * Draws and writes a PNG.
     *
     * @throws IllegalArgumentException when there is no bar
     * @throws UserException when the file cannot be written
     */
    public void write(List<Bar> bars, Path target) {
        Pictures.needNoDisplay();
        Pictures.write(BitmapEncoder.getBufferedImage(chart(bars)), target);
    }

    private CategoryChart chart(List<Bar> bars) {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("no bars to draw");
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(480, 160 + 130 * bars.size()))
                .height(420)
                .title(title)
                .yAxisTitle(axis)
                .build();
        style(chart.getStyler());
        List<String> names = bars.stream().map(Bar::name).toList();
        List<Double> values = bars.stream().map(Bar::percent).toList();
        List<Double> errors =
                new ArrayList<>(bars.stream().map(Bar::errorPercent).toList());
        CategorySeries series = chart.addSeries(axis, names, values, errors);
        series.setFillColor(Pictures.series(0));
        return chart;
    }

    private static void style(CategoryStyler styler) {
        Pictures.style(styler);
        styler.setLegendVisible(false);
        styler.setAvailableSpaceFill(0.5);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(100.0);
        styler.setYAxisDecimalPattern("0.0");
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesColor(Pictures.GRID);
        styler.setAxisTickLabelsFont(Pictures.TEXT);
        styler.setAxisTitleFont(Pictures.TEXT);
        styler.setErrorBarsColor(Pictures.INK);
        styler.setLabelsVisible(true);
        styler.setLabelsPosition(0.5);
        styler.setLabelsFont(Pictures.TITLE);
        styler.setLabelsFontColor(Color.WHITE);
    }
}
