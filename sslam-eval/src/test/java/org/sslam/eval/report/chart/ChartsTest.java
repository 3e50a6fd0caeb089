package org.sslam.eval.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ChartsTest {
    @TempDir
    private Path folder;

    @Test
    void linearAxesBeginAndEndAtTicks() {
        Scale scale = Scale.linear(List.of(3.2, 17.9), 5);
        assertEquals(List.of(0.0, 5.0, 10.0, 15.0, 20.0), scale.ticks());
        assertEquals(0.25, scale.place(5), 1e-12);
        assertEquals("5", scale.text(5));
        Scale flat = Scale.linear(List.of(0.5, 0.5), 5);
        assertTrue(flat.low() < 0.5 && flat.high() > 0.5, flat.toString());
        Scale zero = Scale.linear(List.of(0.0), 5);
        assertTrue(zero.high() > zero.low(), zero.toString());
    }

    @Test
    void whatIsCountedHasTicksAtWholeNumbers() {
        Scale one = Scale.counting(List.of(1.0, 1.0), 5);
        assertEquals(List.of(1.0), one.ticks());
        assertEquals(0.5, one.place(1), 1e-12);
        assertEquals("1", one.text(1));
        assertEquals(List.of(1.0, 2.0), Scale.counting(List.of(1.0, 2.0), 5).ticks());
        assertEquals(
                List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0),
                Scale.counting(List.of(1.0, 100.0), 5).ticks());
    }

    @Test
    void positiveValuesThatSpreadFarGetALogarithmicAxis() {
        Scale scale = Scale.fitting(List.of(0.02, 30.0), 5);
        assertTrue(scale.logarithmic());
        assertEquals(
                List.of("0.01", "0.1", "1", "10", "100"),
                scale.ticks().stream().map(scale::text).toList());
        assertEquals(0.5, scale.place(1), 1e-12);
        assertEquals("1e-6", Scale.fitting(List.of(1e-6, 1.0), 5).text(1e-6));
        assertTrue(!Scale.fitting(List.of(-1.0, 100.0), 5).logarithmic());
        assertTrue(!Scale.fitting(List.of(10.0, 100.0), 5).logarithmic());
    }

    @Test
    void longCurvesAreThinnedToMeans() {
        SortedMap<Double, Double> curve = new TreeMap<>();
        for (int i = 0; i < 2400; i++) {
            curve.put((double) i, i % 2 == 0 ? 1.0 : 3.0);
        }
        String svg = new LineChart("loss", "update", Map.of("loss", curve))
                .svg()
                .inline()
                .markup();
        Matcher path = Pattern.compile("class=\"curve k0 d0\" d=\"([^\"]+)\"").matcher(svg);
        assertTrue(path.find(), svg);
        String[] points = path.group(1).split("[ML]");
        assertEquals(241, points.length);
        assertEquals(
                1,
                List.of(points).subList(1, 241).stream()
                        .map(p -> p.split(" ")[1])
                        .distinct()
                        .count());
        assertTrue(svg.contains("aria-label=\"loss over update: loss from 1.000 to 3.000\""), svg);
        assertThrows(IllegalArgumentException.class, () -> new LineChart("x", "y", Map.of()));
    }

    @Test
    void linesStayApartByColourAndDashes() {
        List<String> styles = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            styles.add(Svg.lineStyle(i));
        }
        assertEquals(18, styles.stream().distinct().count());
    }

    @Test
    void theLargestGroupsOfAMapHaveSignsOfTheirOwn() {
        List<PointMap.Point> points = new ArrayList<>();
        for (int g = 0; g < 20; g++) {
            for (int i = 0; i <= g; i++) {
                points.add(new PointMap.Point(g, i, "g" + g, "<clip " + i + ">"));
            }
        }
        String html = new PointMap("map", points).html().markup();
        assertEquals(210 + 19, html.split("class=\"dot ").length - 1);
        assertTrue(html.contains("</svg>others</li>"), "small groups share a sign");
        assertTrue(
                !html.contains("</svg>g0</li>") && html.contains("</svg>g2</li>"), "the small groups are the others");
        assertTrue(html.contains("<title>&lt;clip 3&gt;</title>"));
    }

    @Test
    void intervalsAreAFileThatXmlReadersTake() throws Exception {
        IntervalChart.Row long1 =
                new IntervalChart.Row("a very long name of a system <&> that no chart has room for", 50, 45, 56);
        IntervalChart chart = new IntervalChart(
                "two & one",
                List.of(
                        new IntervalChart.Panel(
                                "mAP, %", List.of(long1, new IntervalChart.Row("b", 40, 35, 44)), false),
                        new IntervalChart.Panel(
                                "points", List.of(new IntervalChart.Row("difference", 10, 4, 15)), true)));
        Path file = folder.resolve("chart.svg");
        chart.svg().write(file);
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertEquals(3, svg.getElementsByTagName("circle").getLength());
        assertEquals(
                "two & one: a very long name of a system <&> that no chart has room for 50.0, from 45.0 to 56.0;"
                        + " b 40.0, from 35.0 to 44.0; difference 10.0, from 4.0 to 15.0",
                svg.getElementsByTagName("title").item(0).getTextContent());
        assertTrue(Files.readString(file).contains("prefers-color-scheme: dark"));
    }
}
