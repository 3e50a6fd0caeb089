package org.sslam.models.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.vit.PatchGrid;

/**
 * MW-MAE and plain MAE as a frozen encoder: layer n is the output of block n, the last one normed; CLS, where there is one,
 * takes part but is not given out.
 *
 * <p>Inputs are exactly as long as those of pre-training; longer sounds are cut in such chunks. Source: public MW-MAE code,
 * HEAR interface.
 *
 * @param encoder with its weights
 * @param frontEnd what its input must look like
 */
public record MwmaeAudioEncoder(MwmaeEncoder encoder, FrontEndConfig frontEnd) implements AudioEncoder {
    @Override
    public String family() {
        return MwmaeFamily.NAME;
    }

    @Override
    public int width() {
        return encoder.config().embedDim();
    }

    @Override
    public int layers() {
        return encoder.config().depth();
    }

    @Override
    public boolean hasCls() {
        return false;
    }

    @Override
    public int framesPerStep() {
        return encoder.config().patchFrames();
    }

    @Override
    public int maxFrames() {
        return frontEnd.frames();
    }

    @Override
    public PatchGrid grid(int frames) {
        if (frames != frontEnd.frames()) {
            throw new IllegalArgumentException(
                    "the encoder takes chunks of " + frontEnd.frames() + " frames, not " + frames);
        }
        return encoder.grid();
    }

    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF, int layer) {
        NDArray tokens = encoder.features(ops, xB1TF, layer);
        if (!encoder.config().cls()) {
            return tokens;
        }
        try (tokens) {
            return tokens.get(new NDIndex(":, 1:"));
        }
    }
}
