package org.sslam.eval.report.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;

/** Chooses a few clips to show: in a drawn order, those with new labels first. */
public final class Examples {
    private Examples() {}

    /**
     * A clip to show.
     *
     * @param clip what it is
     * @param wave its mean-subtracted waveform at the front-end's rate
     */
    public record Example(Clip clip, float[] wave) {
        /** Name and labels. */
        public String describe() {
            return clip.labels().isEmpty() ? clip.id() : clip.id() + " (" + String.join(", ", clip.labels()) + ")";
        }
    }

    /**
     * Chooses and decodes.
     *
     * @param seed of the order
     * @param notices told of clips that cannot be decoded
     * @return as many as asked for, or all that can be decoded
     */
    public static List<Example> choose(
            ClipSource source, FrontEnd frontEnd, int count, long seed, Consumer<String> notices) {
        List<Clip> order = new ArrayList<>();
        for (int index : Draws.permutation(Seeds.random(seed, "report examples"), source.size())) {
            order.add(source.clip(index));
        }
        List<Example> chosen = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        List<Clip> later = new ArrayList<>();
        LeftOut leftOut = new LeftOut("not shown", notices);
        for (Clip clip : order) {
            if (chosen.size() < count && (clip.labels().isEmpty() || shown.addAll(clip.labels()))) {
                decode(clip, frontEnd, chosen, leftOut);
            } else {
                later.add(clip);
            }
        }
        for (Clip clip : later) {
            if (chosen.size() < count) {
                decode(clip, frontEnd, chosen, leftOut);
            }
        }
        leftOut.tellOthers();
        return chosen;
    }

    private static void decode(Clip clip, FrontEnd frontEnd, List<Example> chosen, LeftOut leftOut) {
        AudioDecoder decoder = AudioDecoders.standard();
        try {
            chosen.add(new Example(clip, frontEnd.waveform(decoder.decode(clip.path()))));
        } catch (AudioException e) {
            leftOut.add(clip.path() + " (" + e.reason() + ")");
        }
    }
}
