package org.sslam.eval.report.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.eval.cli.Main;
import org.sslam.eval.report.page.MadeUpRun;
import org.sslam.eval.result.TestScores;
import org.sslam.eval.statistics.ClipMetric;
import org.sslam.eval.statistics.MadeUpResults;

/** A page with everything on it, in a real browser. Skipped where there is none. */
class PageInBrowserTest {
    // The browser's last writes to its profile may come after it was asked to end.
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path profile;

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void openPage() throws IOException {
        Optional<String> missing = Browser.missing();
        Assumptions.assumeTrue(missing.isEmpty(), () -> "page not tested in a browser: " + missing.orElseThrow());
        page = folder.resolve("page.html");
        Path sounds = MadeUpRun.sounds(folder.resolve("sounds"));
        Path run = MadeUpRun.write(folder.resolve("run"), sounds);
        MadeUpResults.write(
                folder.resolve("folds"),
                "esc50",
                "a system with a name that is rather long for a narrow screen",
                ClipMetric.ACCURACY,
                List.of(List.of(scores(1, 10), scores(1, 11)), List.of(scores(2, 20), scores(2, 21))));
        MadeUpResults.write(
                folder.resolve("many"),
                "as20k",
                "<b>bold</b>",
                ClipMetric.MAP,
                List.of(List.of(MadeUpResults.scores(200, 90, true, 1, 2, 0.5))));
        PrintWriter out = new PrintWriter(System.out);
        int code = Main.run(
                out,
                new PrintWriter(System.err),
                "report",
                run.toString(),
                folder.resolve("folds").toString(),
                folder.resolve("many").toString(),
                "--map-clips",
                "6",
                "--resamples",
                "60",
                "--output",
                page.toString());
        assertEquals(Main.OK, code);
        browser = Browser.start(profile);
    }

    private static TestScores scores(int fold, long seed) {
        TestScores scores = MadeUpResults.scores(50, 10, false, fold, seed, 0.6);
        List<String> ids = scores.clips().stream().map(id -> fold + "-" + id).toList();
        return new TestScores(ids, scores.scoresNC(), scores.targetsNC());
    }

    @AfterAll
    static void closeBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void freshPage() throws IOException {
        browser.screen(1200, 900);
        browser.scheme("light");
        browser.open(page);
    }

    @Test
    void opensWithoutErrorsAndAsksForNothingElse() throws IOException {
        assertEquals(List.of(), browser.console());
        JsonNode requests = browser.run("return performance.getEntriesByType('resource')"
                + ".map(e => e.name).filter(n => !n.startsWith('data:'))");
        assertEquals(0, requests.size(), requests.toString());
        assertEquals(0, browser.run("return document.scripts.length").asInt());
        assertEquals(
                0,
                browser.run("return [...document.images].filter(i => !i.complete || !i.naturalWidth || !i.alt).length")
                        .asInt());
        assertTrue(browser.run("return document.images.length").asInt() >= 6);
    }

    @Test
    void tablesHoldTheNumbersOfTheResults() throws IOException {
        JsonNode shown =
                browser.run("return [...document.querySelectorAll('td data')].map(d => [d.value, d.textContent])");
        for (String name : List.of("folds", "many")) {
            JsonNode result = new JsonMapper()
                    .readTree(folder.resolve(name).resolve("result.json").toFile());
            for (JsonNode run : result.path("runs")) {
                assertShown(shown, run.path("value").asDouble());
            }
        }
        JsonNode bold = browser.run("return [...document.querySelectorAll('tr.own th')].map(t => t.textContent)");
        assertTrue(bold.toString().contains("<b>bold</b>"), bold.toString());
    }

    private static void assertShown(JsonNode shown, double value) {
        String percent = String.format(Locale.ROOT, "%.1f", 100 * value);
        List<JsonNode> found = new ArrayList<>();
        shown.forEach(cell -> {
            if (cell.path(0).asText().equals(Double.toString(value))
                    && cell.path(1).asText().equals(percent)) {
                found.add(cell);
            }
        });
        assertTrue(!found.isEmpty(), value + " is in no table");
    }

    @Test
    void soundsPlay() throws IOException {
        JsonNode played = browser.run(
                "return Promise.all([...document.querySelectorAll('audio')].map(async a => {"
                        + " await a.play();"
                        + " for (let i = 0; i < 50 && !a.currentTime; i++) await new Promise(r => setTimeout(r, 100));"
                        + " const state = [a.readyState, a.duration, a.currentTime, a.error === null]; a.pause(); return state; }))");
        assertEquals(6, played.size(), played.toString());
        for (JsonNode sound : played) {
            assertTrue(sound.path(0).asInt() >= 2, "ready: " + sound);
            assertEquals(1.3, sound.path(1).asDouble(), 0.05, "seconds: " + sound);
            assertTrue(sound.path(2).asDouble() > 0, "moves on: " + sound);
            assertTrue(sound.path(3).asBoolean(), "no error: " + sound);
        }
    }

    @Test
    void aPhoneNeedsNoSidewaysScrolling() throws IOException {
        browser.screen(360, 740);
        browser.open(page);
        assertEquals(360, browser.run("return window.innerWidth").asInt());
        JsonNode wide =
                browser.run("return [document.documentElement.scrollWidth, ...[...document.querySelectorAll('main *')]"
                        + ".filter(e => !e.closest('.scroll, pre, svg') && e.getBoundingClientRect().right > 360.5)"
                        + ".map(e => e.tagName + ' ' + e.className)]");
        assertEquals(1, wide.size(), wide.toString());
        assertTrue(wide.path(0).asInt() <= 360, wide.toString());
        JsonNode matrices =
                browser.run("return [...document.querySelectorAll('.confusion.few')].map(t => t.closest('.scroll'))"
                        + ".map(s => [s.scrollWidth, s.clientWidth])");
        assertEquals(1, matrices.size(), "the matrix of 10 classes");
        assertTrue(
                matrices.path(0).path(0).asInt() <= matrices.path(0).path(1).asInt(), "the matrix is cut: " + matrices);
        double narrowest = browser.run(
                        "return Math.min(...[...document.querySelectorAll('tbody th')].map(t => t.getBoundingClientRect().width))")
                .asDouble();
        assertTrue(narrowest >= 30, "a row's head is squeezed to " + narrowest + " px");
    }

    @Test
    void coloursFollowTheScheme() throws IOException {
        String style = "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]";
        JsonNode light = browser.run(style);
        browser.scheme("dark");
        JsonNode dark = browser.run(style);
        assertNotEquals(light, dark);
        assertTrue(luminance(light.path(0)) > 0.8 && luminance(dark.path(0)) < 0.1, light + " " + dark);
    }

    /** Source: WCAG 2, contrast ratio of at least 4.5 for text. */
    @Test
    void textStandsOutInBothSchemes() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            JsonNode pairs = browser.run("const ground = getComputedStyle(document.body).backgroundColor;"
                    + "return ['p', '.note', 'caption', 'a', 'td', 'svg .tick', 'summary', 'dt', '.range']"
                    + ".map(s => { const e = document.querySelector(s), c = getComputedStyle(e);"
                    + " return [s, e.closest('svg') ? c.fill : c.color, ground]; })");
            for (JsonNode pair : pairs) {
                double text = luminance(pair.path(1));
                double ground = luminance(pair.path(2));
                double contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
                assertTrue(contrast >= 4.5, scheme + ": " + pair + " has a contrast of " + contrast);
            }
        }
    }

    private static double luminance(JsonNode rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        String[] parts = rgb.asText().replaceAll("[^0-9,.]", "").split(",");
        double luminance = 0;
        for (int i = 0; i < 3; i++) {
            double channel = Double.parseDouble(parts[i]) / 255;
            luminance += weights[i] * (channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }
}
