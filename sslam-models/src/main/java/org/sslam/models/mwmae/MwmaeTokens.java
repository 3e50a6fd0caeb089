package org.sslam.models.mwmae;

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

/** MW-MAE and plain MAE among the encoders that can be trained on. */
public final class MwmaeTokens implements TokenEncoderFamily {
    @Override
    public List<String> encoderFormats() {
        return List.of(MwmaeFiles.ENCODER_FORMAT, MwmaeFiles.WHOLE_FORMAT);
    }

    @Override
    public String classifierFormat() {
        return MwmaeFiles.CLASSIFIER_FORMAT;
    }

    @Override
    public boolean owns(TokenEncoder encoder) {
        return encoder instanceof ChunkedEncoder;
    }

    @Override
    public Loaded load(NDManager manager, Path folder) {
        MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadTrainable(manager, folder);
        return new Loaded(new ChunkedEncoder(loaded.model()), loaded.frontEnd());
    }

    @Override
    public Path weights(Path folder) {
        return folder.resolve(ModelFolder.WEIGHTS);
    }

    @Override
    public TokenEncoder create(Init init, JsonNode description, FrontEndConfig frontEnd)
            throws JsonProcessingException {
        return new ChunkedEncoder(MwmaeFiles.encoder(init, MwmaeFiles.sizes(description, frontEnd), frontEnd));
    }
}
