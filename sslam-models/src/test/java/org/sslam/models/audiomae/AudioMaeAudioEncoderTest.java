package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.zoo.EncoderZoo;

class AudioMaeAudioEncoderTest {
    private static final FrontEndConfig FRONT_END = new FrontEndConfig(
            FrontEndKind.KALDI,
            16000,
            32,
            64,
            -4,
            4,
            LengthPolicy.PAD_OR_CUT,
            25,
            10,
            20,
            8000,
            false,
            false,
            AugmentConfig.standard());

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        Torch.start();
    }

    private static AudioMaeConfig sizes(int stride) {
        return Config.parse(
                        "test",
                        "{embedDim: 16, depth: 3, numHeads: 2, patchSize: 8, patchStride: " + stride
                                + ", positionFrames: 96, decoder: {dim: 16, numHeads: 2, blocks: 1}}")
                .bind(AudioMaeConfig.class);
    }

    @Test
    void layersOfClipsOfAnyLengthUpToThePositions() {
        Ops ops = new ScriptOps(Precision.FP32);
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeEncoder made = new AudioMaeEncoder(new Init(manager), sizes(8), 32, true);
            AudioMaeFiles.save(folder.resolve("encoder"), made, FRONT_END);
            AudioEncoder encoder =
                    EncoderZoo.load(manager, folder.resolve("encoder")).encoder();
            assertEquals("audiomae", encoder.family());
            assertEquals(3, encoder.layers());
            assertEquals(96, encoder.maxFrames());
            assertEquals(new PatchGrid(12, 4), encoder.grid(96));
            GradMode.off(() -> {
                for (int frames : new int[] {8, 64, 96}) {
                    NDArray x = manager.randomNormal(new Shape(2, 1, frames, 32));
                    NDArray last = encoder.tokens(ops, x, 3);
                    assertEquals(new Shape(2, 1 + encoder.grid(frames).tokens(), 16), last.getShape());
                    assertArrayEquals(made.encode(ops, made.tokens(ops, x)).toFloatArray(), last.toFloatArray());
                    float[] first = encoder.tokens(ops, x, 1).toFloatArray();
                    assertTrue(Math.abs(first[20] - last.toFloatArray()[20]) > 1e-6);
                }
                NDArray tooLong = manager.randomNormal(new Shape(1, 1, 104, 32));
                assertThrows(IllegalArgumentException.class, () -> encoder.tokens(ops, tooLong, 3));
                NDArray x = manager.randomNormal(new Shape(1, 1, 64, 32));
                assertThrows(IllegalArgumentException.class, () -> encoder.tokens(ops, x, 4));
            });
        }
    }

    @Test
    void overlappingPatchesAreRefusedInOneLine() {
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeEncoder made = new AudioMaeEncoder(new Init(manager), sizes(5), 32, true);
            AudioMaeFiles.save(folder.resolve("overlapping"), made, FRONT_END);
            String message = assertThrows(
                            UserException.class, () -> EncoderZoo.load(manager, folder.resolve("overlapping")))
                    .getMessage();
            assertTrue(message.contains("patches overlap") && !message.contains("\n"), message);
        }
    }
}
