package org.sslam.models.audiomae;

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

/** Audio-MAE among the encoders that can be trained on; fine-tuning leaves the last norm of pre-training out. */
public final class AudioMaeTokens implements TokenEncoderFamily {
    @Override
    public List<String> encoderFormats() {
        return List.of(AudioMaeFiles.ENCODER_FORMAT, AudioMaeFiles.WHOLE_FORMAT);
    }

    @Override
    public String classifierFormat() {
        return AudioMaeFiles.CLASSIFIER_FORMAT;
    }

    @Override
    public boolean owns(TokenEncoder encoder) {
        return encoder instanceof AudioMaeEncoder;
    }

    @Override
    public Loaded load(NDManager manager, Path folder) {
        AudioMaeFiles.Encoder loaded = AudioMaeFiles.loadWithoutNorm(manager, folder);
        return new Loaded(loaded.encoder(), loaded.frontEnd());
    }

    @Override
    public Path weights(Path folder) {
        return folder.resolve(ModelFolder.WEIGHTS);
    }

    @Override
    public TokenEncoder create(Init init, JsonNode description, FrontEndConfig frontEnd)
            throws JsonProcessingException {
        AudioMaeConfig config = ModelFolder.JSON.treeToValue(description.required("model"), AudioMaeConfig.class);
        return new AudioMaeEncoder(init, config, frontEnd.melBins(), false);
    }
}
