package org.sslam.eval.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table with a caption, heads for columns and rows; it scrolls by itself where the screen is too narrow. */
public final class Table {
    private final String caption;
    private final List<Html> heads = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();
    private final List<Html> rows = new ArrayList<>();
    private String style = "";

    /** @param caption what the table shows, in a few words */
    public Table(String caption) {
        this.caption = caption;
    }

    /** Adds a column of texts. */
    public Table column(String head) {
        return column(head, "");
    }

    /** Adds a column of numbers, aligned at the right. */
    public Table numbers(String head) {
        return column(head, "n");
    }

    /** Leaves out the bars where the screen is narrow: for tables with much beside them. */
    public Table wide() {
        style = "wide";
        return this;
    }

    /** Adds a wide column of {@link Parts#bar bars}; it needs no head, since their numbers stand beside them. */
    public Table bars() {
        heads.add(Tag.of("td").set("class", "b").empty());
        styles.add("b");
        return this;
    }

    private Table column(String head, String cellStyle) {
        Tag tag = Tag.of("th").set("scope", "col");
        heads.add((cellStyle.isEmpty() ? tag : tag.set("class", cellStyle)).text(head));
        styles.add(cellStyle);
        return this;
    }

    /** Adds a row; its first cell is the row's head. */
    public Table row(Html... cells) {
        return row("", Arrays.asList(cells));
    }

    /** Adds a row that stands out. */
    public Table ownRow(Html... cells) {
        return row("own", Arrays.asList(cells));
    }

    /**
     * Adds a row.
     *
     * @param rowStyle class of the row, or empty
     * @param cells as many as there are columns
     */
    public Table row(String rowStyle, List<Html> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + heads.size() + " columns");
        }
        List<Html> row = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Tag cell = i == 0 ? Tag.of("th").set("scope", "row") : Tag.of("td");
            row.add((styles.get(i).isEmpty() ? cell : cell.set("class", styles.get(i))).with(cells.get(i)));
        }
        Tag tr = Tag.of("tr");
        rows.add((rowStyle.isEmpty() ? tr : tr.set("class", rowStyle)).with(row));
        return this;
    }

    /** The finished table. */
    public Html html() {
        return scrolling(
                caption,
                (style.isEmpty() ? Tag.of("table") : Tag.of("table").set("class", style))
                        .with(
                                Tag.of("caption").text(caption),
                                Tag.of("thead").with(Tag.of("tr").with(heads)),
                                Tag.of("tbody").with(rows)));
    }

    /** Wide content in a frame of its own that can be scrolled by keyboard too. */
    public static Html scrolling(String label, Html content) {
        return Tag.of("div")
                .set("class", "scroll")
                .set("role", "region")
                .set("aria-label", label)
                .set("tabindex", "0")
                .with(content);
    }
}
