package org.sslam.models.audiomae;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.EncoderFamily;
import org.sslam.models.encoder.ModelFolder;

/** Encoders as {@link AudioMaeFiles} writes them, and the encoders of whole networks and of classifiers. */
public final class AudioMaeFamily implements EncoderFamily {
    /** Name of the family. */
    static final String NAME = "audiomae";

    @Override
    public Set<String> formats() {
        return Set.of(AudioMaeFiles.ENCODER_FORMAT, AudioMaeFiles.WHOLE_FORMAT, AudioMaeFiles.CLASSIFIER_FORMAT);
    }

    @Override
    public AudioEncoder load(NDManager manager, Path folder) {
        AudioMaeFiles.Encoder loaded = AudioMaeFiles.loadEncoder(manager, folder);
        try {
            return new AudioMaeAudioEncoder(loaded.encoder(), loaded.frontEnd());
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    folder.resolve(ModelFolder.DESCRIPTION) + " describes an encoder that cannot embed: "
                            + e.getMessage() + "; name another encoder",
                    e);
        }
    }

    @Override
    public Path weights(Path folder) {
        return folder.resolve(ModelFolder.WEIGHTS);
    }
}
