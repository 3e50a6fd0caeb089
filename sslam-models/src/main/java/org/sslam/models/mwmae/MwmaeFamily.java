package org.sslam.models.mwmae;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Set;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.EncoderFamily;
import org.sslam.models.encoder.ModelFolder;

/** Encoders as {@link MwmaeFiles} writes them, and the encoders of whole networks; MW-MAE and plain MAE alike. */
public final class MwmaeFamily implements EncoderFamily {
    /** Name of the family. */
    static final String NAME = "mwmae";

    @Override
    public Set<String> formats() {
        return Set.of(MwmaeFiles.ENCODER_FORMAT, MwmaeFiles.WHOLE_FORMAT);
    }

    @Override
    public AudioEncoder load(NDManager manager, Path folder) {
        MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadEncoder(manager, folder);
        return new MwmaeAudioEncoder(loaded.model(), loaded.frontEnd());
    }

    @Override
    public Path weights(Path folder) {
        return folder.resolve(ModelFolder.WEIGHTS);
    }
}
