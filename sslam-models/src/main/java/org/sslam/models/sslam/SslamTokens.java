package org.sslam.models.sslam;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.nn.Init;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.encoder.TokenEncoder;
import org.sslam.models.encoder.TokenEncoderFamily;

/** SSLAM and EAT among the encoders that can be trained on. */
public final class SslamTokens implements TokenEncoderFamily {
    static final String CLASSIFIER_FORMAT = "sslam-classifier/1";

    @Override
    public List<String> encoderFormats() {
        return List.of(EncoderFiles.FORMAT);
    }

    @Override
    public String classifierFormat() {
        return CLASSIFIER_FORMAT;
    }

    @Override
    public boolean owns(TokenEncoder encoder) {
        return encoder instanceof SslamEncoder;
    }

    @Override
    public Loaded load(NDManager manager, Path folder) {
        EncoderFiles.Loaded loaded = EncoderFiles.load(manager, folder);
        return new Loaded(loaded.encoder(), loaded.frontEnd());
    }

    @Override
    public Path weights(Path folder) {
        return EncoderFiles.weights(folder);
    }

    @Override
    public TokenEncoder create(Init init, JsonNode description, FrontEndConfig frontEnd)
            throws JsonProcessingException {
        return new SslamEncoder(
                init,
                ModelFolder.JSON.treeToValue(description.required("model"), SslamConfig.class),
                frontEnd.melBins());
    }
}
