package org.sslam.models.sslam;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.encoder.EncoderFamily;

/** Encoders as {@link EncoderFiles} writes them, and those inside classifiers, whose head is passed over. */
public final class SslamFamily implements EncoderFamily {
    /** Name of the family. */
    static final String NAME = "sslam";

    @Override
    public Set<String> formats() {
        return Set.of(EncoderFiles.FORMAT, SslamTokens.CLASSIFIER_FORMAT);
    }

    @Override
    public AudioEncoder load(NDManager manager, Path folder) {
        EncoderFiles.Loaded loaded = EncoderFiles.load(manager, folder);
        try {
            return new SslamAudioEncoder(loaded.encoder(), loaded.frontEnd());
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    folder.resolve(EncoderFiles.DESCRIPTION) + " contradicts itself: " + e.getMessage(), e);
        }
    }

    @Override
    public Path weights(Path folder) {
        return EncoderFiles.weights(folder);
    }
}
