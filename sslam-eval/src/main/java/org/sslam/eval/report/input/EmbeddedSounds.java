package org.sslam.eval.report.input;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ProgressListener;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.eval.embed.ClipFit;
import org.sslam.eval.embed.EmbedOptions;
import org.sslam.eval.embed.Embedder;
import org.sslam.eval.embed.Pooling;
import org.sslam.models.zoo.EncoderZoo;

/**
 * Clips and their vectors by an encoder of any family: [CLS ; mean] of the first window, without CLS those of whole sounds.
 * Clips that cannot be read are left out; there may be none left.
 *
 * @param clips that could be read
 * @param vectorsND one a clip
 */
public record EmbeddedSounds(List<Clip> clips, float[][] vectorsND) {
    /**
     * Embeds clips.
     *
     * @param encoder folder of one
     * @param notices told of clips that cannot be read
     * @throws UserException if there is no encoder, or one that cannot embed
     */
    public static EmbeddedSounds of(
            ClipSource source, Path encoder, Consumer<String> notices, ProgressListener progress) {
        Torch.start();
        List<Clip> clips = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        LeftOut leftOut = new LeftOut("not on the map", notices);
        try (NDManager root = NDManager.newBaseManager()) {
            EncoderZoo.Loaded loaded = EncoderZoo.load(root, encoder);
            EmbedOptions options = loaded.encoder().hasCls()
                    ? EmbedOptions.standard().withPooling(Pooling.BOTH).withFit(ClipFit.PAD)
                    : EmbedOptions.standard();
            try (Embedder embedder = Embedder.of(loaded, options, root)) {
                for (int i = 0; i < source.size(); i++) {
                    Clip clip = source.clip(i);
                    try {
                        vectors.add(embedder.embed(clip.path()));
                        clips.add(clip);
                    } catch (UserException e) {
                        leftOut.add(e.getMessage());
                    }
                    progress.advanced(i + 1, source.size());
                }
            }
        }
        leftOut.tellOthers();
        return new EmbeddedSounds(clips, vectors.toArray(float[][]::new));
    }
}
