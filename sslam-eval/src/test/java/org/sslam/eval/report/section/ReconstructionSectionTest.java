package org.sslam.eval.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.eval.report.input.ReportInputs;
import org.sslam.eval.report.input.RestoredClips;

/** What {@code reconstruct} wrote stands on the page: pictures, sounds, errors, nothing from elsewhere. */
class ReconstructionSectionTest {
    private static final byte[] PICTURE = {1, 2, 3};
    private static final byte[] SOUND = {4, 5, 6};

    @TempDir
    private Path folder;

    private static String row(String name) {
        return """
                {"name": "%1$s", "source": "%1$s.ogg", "picture": "%1$s.png",
                 "sounds": {"original": "%1$s-original.wav", "repeated": "%1$s-repeated.wav"},
                 "meanSquaredError": {"model": 1.25, "meanOfSeen": 2.5, "repeated": 3}}"""
                .formatted(name);
    }

    private RestoredClips restored(int clips) throws IOException {
        String rows = IntStream.range(0, clips).mapToObj(i -> row("c" + i)).collect(Collectors.joining(","));
        for (int i = 0; i < clips; i++) {
            Files.write(folder.resolve("c" + i + ".png"), PICTURE);
            Files.write(folder.resolve("c" + i + "-original.wav"), SOUND);
            Files.write(folder.resolve("c" + i + "-repeated.wav"), SOUND);
        }
        return table("sslam-reconstruction/1", rows);
    }

    private RestoredClips table(String format, String rows) throws IOException {
        Files.writeString(
                folder.resolve("reconstruction.json"),
                "{\"format\": \"%s\", \"network\": \"n\", \"mask\": \"time\", \"clips\": [%s]}"
                        .formatted(format, rows));
        return ReportInputs.open(List.of(folder)).restored().get(0);
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void picturesSoundsAndErrorsOfEveryClip() throws IOException {
        String html = new ReconstructionSection(restored(2)).body().markup();
        assertEquals(
                2, count(html, "data:image/png;base64," + Base64.getEncoder().encodeToString(PICTURE)));
        assertEquals(
                4, count(html, "data:audio/wav;base64," + Base64.getEncoder().encodeToString(SOUND)));
        assertTrue(
                html.contains(
                        "filled by the network 1.25, by the mean of what was seen 2.50, by the last packet 3.00."),
                html);
        assertTrue(html.contains("Hidden: time."), html);
        assertFalse(html.contains("The first"), html);
    }

    @Test
    void ofManyTheFirstAreShown() throws IOException {
        String html = new ReconstructionSection(restored(9)).body().markup();
        assertEquals(8, count(html, "<h4>"));
        assertTrue(html.contains("The first 8 of 9 clips."), html);
    }

    @Test
    void filesFromElsewhereAndOtherTablesAreRefused() {
        for (String name : new String[] {"../secret", "/etc/secret", "sub/secret", "a\\u0000b"}) {
            String said = assertThrows(UserException.class, () -> table("sslam-reconstruction/1", row(name)))
                    .getMessage();
            assertTrue(said.contains("is not a file of its folder"), said);
        }
        String said =
                assertThrows(UserException.class, () -> table("something", "")).getMessage();
        assertTrue(said.contains("is no table of reconstructions"), said);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        RestoredClips restored = restored(1);
        Files.delete(folder.resolve("c0.png"));
        String said = assertThrows(UserException.class, () -> new ReconstructionSection(restored))
                .getMessage();
        assertTrue(said.contains("c0.png"), said);
    }
}
