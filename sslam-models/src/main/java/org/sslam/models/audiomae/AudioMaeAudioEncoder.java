package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.vit.PatchGrid;

/**
 * Audio-MAE as a frozen encoder: layer n is the output of block n, CLS first; the last layer is normed where the encoder
 * has its last norm.
 *
 * <p>Nothing is hidden. Shorter inputs than those of pre-training get the first rows of the position table. Encoders with
 * overlapping patches are refused: their time steps do not tile a sound.
 *
 * @param encoder with its weights
 * @param frontEnd what its input must look like
 */
public record AudioMaeAudioEncoder(AudioMaeEncoder encoder, FrontEndConfig frontEnd) implements AudioEncoder {
    /** Checks that a clip of the trained length can be cut in patches and has positions. */
    public AudioMaeAudioEncoder {
        if (encoder.config().overlaps()) {
            throw new IllegalArgumentException("its patches overlap (stride "
                    + encoder.config().patchStride() + "), so features over time cannot be told apart");
        }
        encoder.grid(frontEnd.frames(), frontEnd.melBins());
    }

    @Override
    public String family() {
        return AudioMaeFamily.NAME;
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public int layers() {
        return encoder.depth();
    }

    @Override
    public boolean hasCls() {
        return true;
    }

    @Override
    public int framesPerStep() {
        return encoder.config().patchSize();
    }

    @Override
    public int maxFrames() {
        return encoder.config().positionFrames();
    }

    @Override
    public PatchGrid grid(int frames) {
        return encoder.config().grid(frames, frontEnd.melBins());
    }

    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF, int layer) {
        try (NDArray tokens = encoder.tokens(ops, xB1TF)) {
            return encoder.encode(ops, tokens, layer);
        }
    }
}
