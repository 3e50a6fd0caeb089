package org.sslam.models.mwmae;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Set;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.EncoderFamily;
import org.sslam.models.encoder.ModelFolder;

/** Encoders as {@link MwmaeFiles} writes them, those of whole networks and of classifiers; MW-MAE and plain MAE alike. */
public final class MwmaeFamily implements EncoderFamily {
    /** Name of the family. */
    static final String NAME = "mwmae";

    @Override
    public Set<String> formats() {
        return Set.of(MwmaeFiles.ENCODER_FORMAT, MwmaeFiles.WHOLE_FORMAT, MwmaeFiles.CLASSIFIER_FORMAT);
    }

    @Override
    public AudioEncoder load(NDManager manager, Path folder) {
        MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadTrainable(manager, folder);
        MwmaeEncoder encoder = loaded.model();
        // A classifier's clips may be several chunks long.
        int chunkFrames = encoder.grid().time() * encoder.config().patchFrames();
        return new MwmaeAudioEncoder(encoder, loaded.frontEnd().withFrames(chunkFrames));
    }

    @Override
    public Path weights(Path folder) {
        return folder.resolve(ModelFolder.WEIGHTS);
    }
}
