package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.vit.PatchGrid;

/**
 * SSLAM and EAT as a frozen encoder: layer n is the output of block n, CLS first; no norm follows the last block.
 *
 * <p>Source: SSLAM paper, section 4.2; feature extraction of the public EAT code.
 *
 * @param encoder with its weights
 * @param frontEnd what its input must look like
 */
public record SslamAudioEncoder(SslamEncoder encoder, FrontEndConfig frontEnd) implements AudioEncoder {
    /** Checks that a clip of the trained length can be cut in patches and has positions. */
    public SslamAudioEncoder {
        encoder.grid(frontEnd.frames(), frontEnd.melBins());
    }

    @Override
    public String family() {
        return SslamFamily.NAME;
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
        return Math.multiplyExact(encoder.config().positionTimeSteps(), framesPerStep());
    }

    @Override
    public PatchGrid grid(int frames) {
        return PatchGrid.of(frames, frontEnd.melBins(), framesPerStep());
    }

    @Override
    public NDArray tokens(Ops ops, NDArray xB1TF, int layer) {
        return encoder.features(ops, xB1TF, layer);
    }
}
