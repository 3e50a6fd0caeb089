package org.sslam.eval.report.section;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sslam.core.io.IoErrors;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Tag;
import org.sslam.eval.report.input.RestoredClips;

/** Clips with hidden parts and what a network made of them: pictures side by side, and the sounds. */
public final class ReconstructionSection implements Section {
    private static final int MOST_CLIPS = 8;
    private static final Map<String, String> SOUNDS = Map.of(
            "original", "original",
            "masked", "what was seen",
            "reconstruction", "reconstruction",
            "output", "output of the network everywhere",
            "repeated", "last packet repeated");
    private static final Map<String, String> FILLINGS = Map.of(
            "model", "by the network", "meanOfSeen", "by the mean of what was seen", "repeated", "by the last packet");

    private final Html body;

    /**
     * @param restored whose first clips are shown
     * @throws org.sslam.core.UserException if a picture or a sound cannot be read
     */
    public ReconstructionSection(RestoredClips restored) {
        List<Html> parts = new ArrayList<>();
        String hidden = restored.mask().equals("lost")
                ? "Steps that were named are hidden."
                : "Hidden: " + restored.mask() + ".";
        String most = restored.clips().size() > MOST_CLIPS
                ? " The first " + MOST_CLIPS + " of " + restored.clips().size() + " clips."
                : "";
        parts.add(Parts.note(
                hidden + " All sounds, the originals too, are made of log-mels, with phases by Griffin-Lim." + most));
        restored.clips().stream().limit(MOST_CLIPS).forEach(clip -> parts.add(clip(clip)));
        this.body = Html.of(parts);
    }

    @Override
    public String title() {
        return "Reconstructions";
    }

    @Override
    public Html body() {
        return body;
    }

    private static Html clip(RestoredClips.Clip clip) {
        List<Html> players = new ArrayList<>();
        clip.sounds().forEach((kind, file) -> {
            String name = SOUNDS.getOrDefault(kind, kind);
            players.add(Tag.of("figure")
                    .set("class", "sound")
                    .with(
                            Parts.player(bytes(file), clip.source() + ", " + name),
                            Tag.of("figcaption").text(name)));
        });
        return Tag.of("div")
                .set("class", "restored")
                .with(
                        Tag.of("h4").text(clip.source()),
                        Tag.of("div")
                                .set("class", "wide")
                                .with(Parts.image(bytes(clip.picture()), "Log-mel spectrograms of " + clip.source())),
                        Parts.note("Mean squared error of hidden cells, filled " + errors(clip.errors()) + "."),
                        Tag.of("div").set("class", "grid three").with(players));
    }

    private static String errors(Map<String, Double> errors) {
        return errors.entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT, "%s %.2f", FILLINGS.getOrDefault(e.getKey(), e.getKey()), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }
}
