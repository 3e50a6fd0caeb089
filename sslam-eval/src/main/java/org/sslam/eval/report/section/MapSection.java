package org.sslam.eval.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sslam.audio.data.Clip;
import org.sslam.eval.analysis.PrincipalPlane;
import org.sslam.eval.report.chart.PointMap;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;

/** Where clips lie in the encoder's space: the plane of the first two principal components. */
public final class MapSection implements Section {
    private static final String UNLABELLED = "unlabelled";
    private static final double PERCENT = 100;

    private final Html body;

    /**
     * @param clips whose features these are
     * @param featuresND one vector a clip, at least 3
     * @param source where the features come from
     */
    public MapSection(List<Clip> clips, float[][] featuresND, String source) {
        PrincipalPlane plane = PrincipalPlane.of(featuresND);
        List<PointMap.Point> points = new ArrayList<>();
        for (int i = 0; i < featuresND.length; i++) {
            Clip clip = clips.get(i);
            String labels = String.join(", ", clip.labels());
            points.add(new PointMap.Point(
                    plane.pointsN2()[i][0],
                    plane.pointsN2()[i][1],
                    clip.labels().isEmpty()
                            ? UNLABELLED
                            : clip.labels().iterator().next(),
                    labels.isEmpty() ? clip.id() : clip.id() + ": " + labels));
        }
        String shares = String.format(
                Locale.ROOT, "%.0f\u00a0%% and %.0f\u00a0%%", PERCENT * plane.shares()[0], PERCENT * plane.shares()[1]);
        this.body = Html.of(
                Parts.note("Features of " + points.size() + " clips from " + source
                        + ", seen along their first two principal" + " components, which hold " + shares
                        + " of the variance. Colour and form: the first label."),
                new PointMap("Map of " + points.size() + " clips by their features", points).html());
    }

    @Override
    public String title() {
        return "Map of the clips";
    }

    @Override
    public Html body() {
        return body;
    }
}
