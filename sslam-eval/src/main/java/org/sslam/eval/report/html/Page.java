package org.sslam.eval.report.html;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sslam.core.io.AtomicFiles;

/**
 * A whole page in one file. It loads nothing, runs no script and forbids both to the browser; colours follow the reader's
 * light or dark scheme.
 *
 * @param title of the page
 * @param subtitle one line below it
 * @param chapters in their order
 */
public record Page(String title, String subtitle, List<Chapter> chapters) {
    private static final int MOST_OPEN_CHAPTERS = 8;
    private static final String POLICY =
            "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'";

    /** Keeps its own copy. */
    public Page {
        chapters = List.copyOf(chapters);
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws org.sslam.core.UserException when the place cannot be written
     */
    public void write(Path file) {
        AtomicFiles.writeString(file, html());
    }

    /** The page's text. */
    public String html() {
        Html head = Tag.of("head")
                .with(
                        Tag.of("meta").set("charset", "utf-8").empty(),
                        Tag.of("meta")
                                .set("http-equiv", "Content-Security-Policy")
                                .set("content", POLICY)
                                .empty(),
                        Tag.of("meta")
                                .set("name", "viewport")
                                .set("content", "width=device-width, initial-scale=1")
                                .empty(),
                        Tag.of("meta")
                                .set("name", "color-scheme")
                                .set("content", "light dark")
                                .empty(),
                        Tag.of("title").text(title),
                        Tag.of("style").with(Html.raw(Styles.page())));
        List<Html> main = new ArrayList<>();
        for (int c = 0; c < chapters.size(); c++) {
            main.add(chapter(c));
        }
        Html body = Tag.of("body")
                .with(
                        Tag.of("header")
                                .with(
                                        Tag.of("h1").text(title),
                                        Tag.of("p").set("class", "subtitle").text(subtitle),
                                        contents()),
                        Tag.of("main").with(main));
        return "<!doctype html>\n" + Tag.of("html").set("lang", "en").with(head, body) + "\n";
    }

    private Html contents() {
        boolean many = chapters.size() > MOST_OPEN_CHAPTERS;
        List<Html> links = new ArrayList<>();
        for (int c = 0; c < chapters.size(); c++) {
            Html sections = sections(c);
            if (chapters.size() == 1) {
                links.add(sections);
            } else if (many) {
                links.add(Tag.of("li").with(link(id(c), chapters.get(c).title())));
            } else {
                links.add(Tag.of("li")
                        .with(link(id(c), chapters.get(c).title()), Tag.of("ul").with(sections)));
            }
        }
        Html list = Tag.of("ul").with(links);
        Html shown = many ? Tag.of("details").with(Tag.of("summary").text(chapters.size() + " chapters"), list) : list;
        return Tag.of("nav").set("aria-label", "Contents").with(shown);
    }

    private Html sections(int c) {
        List<Html> items = new ArrayList<>();
        List<Section> sections = chapters.get(c).sections();
        for (int s = 0; s < sections.size(); s++) {
            items.add(Tag.of("li").with(link(id(c, s), sections.get(s).title())));
        }
        return Html.of(items);
    }

    private static Html link(String id, String text) {
        return Tag.of("a").set("href", "#" + id).text(text);
    }

    private Html chapter(int c) {
        Chapter chapter = chapters.get(c);
        List<Html> parts = new ArrayList<>();
        boolean alone = chapters.size() == 1;
        if (!alone) {
            parts.add(Tag.of("h2").set("id", id(c)).text(chapter.title()));
        }
        for (int s = 0; s < chapter.sections().size(); s++) {
            Section section = chapter.sections().get(s);
            parts.add(Tag.of("section")
                    .set("aria-labelledby", id(c, s))
                    .with(Tag.of(alone ? "h2" : "h3").set("id", id(c, s)).text(section.title()), section.body()));
        }
        return Tag.of("article").with(parts);
    }

    private static String id(int chapter) {
        return "c" + chapter;
    }

    private static String id(int chapter, int section) {
        return id(chapter) + "-s" + section;
    }
}
