package org.sslam.eval.report.html;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Small pieces that many sections use. */
public final class Parts {
    private static final double PERCENT = 100;

    private Parts() {}

    /** A paragraph. */
    public static Html paragraph(String text) {
        return Tag.of("p").text(text);
    }

    /** A paragraph that must not be overlooked. */
    public static Html warning(String text) {
        return Tag.of("p").set("class", "warn").text(text);
    }

    /** A paragraph in small print. */
    public static Html note(String text) {
        return Tag.of("p").set("class", "note").text(text);
    }

    /** A fraction in percent with one decimal; the exact number stands in the element's {@code value}. */
    public static Html percent(double fraction) {
        return Tag.of("data").set("value", Double.toString(fraction)).text(percentText(fraction));
    }

    /** A fraction in percent with one decimal. */
    public static String percentText(double fraction) {
        return String.format(Locale.ROOT, "%.1f", PERCENT * fraction);
    }

    /** Bounds of a fraction in percent. */
    public static Html percentRange(double low, double high) {
        return Tag.of("span").set("class", "range").with(percent(low), Html.text(" to "), percent(high));
    }

    /** A bar from 0 to 100 percent with an optional line for bounds; decoration, the numbers stand beside it. */
    public static Html bar(double fraction, double low, double high) {
        Html fill = Tag.of("span")
                .set("class", "fill")
                .set("style", width(0, fraction))
                .empty();
        Html line = Tag.of("span")
                .set("class", "bounds")
                .set("style", width(low, high))
                .empty();
        return Tag.of("span")
                .set("class", "bar")
                .set("aria-hidden", "true")
                .with(high > low ? Html.of(fill, line) : fill);
    }

    private static String width(double from, double to) {
        return String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", PERCENT * from, PERCENT * (to - from));
    }

    /** Content that is shown when its summary is chosen. */
    public static Html details(String summary, Html content) {
        return Tag.of("details").with(Tag.of("summary").text(summary), content);
    }

    /** Pieces side by side where there is room, below each other elsewhere. */
    public static Html grid(Html... pieces) {
        return grid(Arrays.asList(pieces));
    }

    /** Pieces side by side where there is room, below each other elsewhere. */
    public static Html grid(List<Html> pieces) {
        return Tag.of("div").set("class", "grid").with(pieces);
    }

    /** A picture or chart with its caption. */
    public static Html figure(Html content, String caption) {
        return Tag.of("figure").with(content, Tag.of("figcaption").text(caption));
    }

    /** A player of a WAV file that is part of the page. */
    public static Html player(byte[] wav, String label) {
        return Tag.of("audio")
                .set("controls", "")
                .set("preload", "metadata")
                .set("aria-label", label)
                .set("src", dataUrl("audio/wav", wav))
                .empty();
    }

    /** A PNG that is part of the page. */
    public static Html image(byte[] png, String alt) {
        return Tag.of("img")
                .set("alt", alt)
                .set("src", dataUrl("image/png", png))
                .empty();
    }

    private static String dataUrl(String type, byte[] bytes) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
