package org.sslam.eval.reconstruct;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.PatchNorm;
import org.sslam.models.vit.Patchify;

/**
 * Hides patches of a clip and has them restored.
 *
 * <p>A network that was taught normalised patches says nothing of their level: its output gets the true mean and deviation
 * of each patch, so that its pictures flatter it. Where patches overlap, a cell is the mean of those that cover it, and
 * hidden if no seen patch does.
 */
final class Reconstructor {
    private final AudioMaeFiles.Whole loaded;
    private final FrontEnd frontEnd;
    private final Ops ops;
    private final NDManager manager;

    Reconstructor(AudioMaeFiles.Whole loaded, Ops ops, NDManager manager) {
        this.loaded = loaded;
        this.frontEnd = new FrontEnd(loaded.frontEnd());
        this.ops = ops;
        this.manager = manager;
    }

    FrontEnd frontEnd() {
        return frontEnd;
    }

    PatchGrid grid() {
        return config().grid(loaded.frontEnd().frames(), loaded.frontEnd().melBins());
    }

    private AudioMaeConfig config() {
        return loaded.model().encoder().config();
    }

    /**
     * What is hidden of a clip.
     *
     * @param wave as the front-end gives it
     * @param random source of the mask
     * @throws IllegalArgumentException if the mask leaves nothing of the sound, or everything
     */
    TokenOrder order(float[] wave, MaskChoice mask, SplittableRandom random) {
        int stride = config().patchStride();
        int heardSteps = Math.min(grid().time(), (heardFrames(wave) + stride - 1) / stride);
        TokenOrder order = mask.of(grid(), heardSteps, random);
        boolean[] cells = hiddenCells(patchify(), hiddenTokens(order), frontEnd.outputSize());
        for (int i = 0; i < heardFrames(wave) * loaded.frontEnd().melBins(); i++) {
            if (cells[i]) {
                return order;
            }
        }
        throw new IllegalArgumentException(
                "no cell of the sound is hidden, as every one lies in a patch that is seen too; hide more");
    }

    private int heardFrames(float[] wave) {
        return Math.min(loaded.frontEnd().frames(), frontEnd.frames(wave.length));
    }

    private Patchify patchify() {
        return new Patchify(
                grid(),
                config().patchSize(),
                config().patchStride(),
                loaded.frontEnd().melBins());
    }

    /**
     * Restores a clip.
     *
     * @param wave as the front-end gives it
     * @param order what is hidden, see {@link #order}
     * @param packets whether whole time steps are hidden and nothing else
     */
    Restored restore(float[] wave, TokenOrder order, boolean packets) {
        FrontEndConfig c = loaded.frontEnd();
        float[] input = new float[frontEnd.outputSize()];
        frontEnd.melOf(wave, false, null, input, 0);
        float[] cells = predict(input, order);
        Patchify patchify = patchify();
        boolean[] hidden = hiddenTokens(order);
        boolean[] hiddenCells = hiddenCells(patchify, hidden, input.length);
        denormalise(cells, input, patchify);
        float[] output = joined(patchify, cells, input);
        float[] pasted = input.clone();
        for (int i = 0; i < pasted.length; i++) {
            pasted[i] = hiddenCells[i] ? output[i] : input[i];
        }
        Optional<float[]> repeated = packets && !config().overlaps()
                ? Optional.of(Concealment.repeatLast(
                        input, c.melBins(), config().patchSize(), Concealment.lost(hidden, grid())))
                : Optional.empty();
        return restored(input, hiddenCells, output, pasted, repeated, heardFrames(wave) * c.melBins());
    }

    private Restored restored(
            float[] input, boolean[] hidden, float[] output, float[] pasted, Optional<float[]> repeated, int heard) {
        float[] original = logMel(input, heard);
        float[] masked = original.clone();
        for (int i = 0; i < heard; i++) {
            masked[i] = hidden[i] ? Float.NaN : masked[i];
        }
        float[] mean = new float[heard];
        Arrays.fill(mean, meanOfSeen(masked));
        float[] restored = logMel(output, heard);
        Optional<float[]> repeatedMel = repeated.map(mel -> logMel(mel, heard));
        Restored.Errors errors = new Restored.Errors(
                error(restored, original, hidden),
                error(mean, original, hidden),
                repeatedMel.map(mel -> error(mel, original, hidden)));
        return new Restored(original, masked, restored, logMel(pasted, heard), repeatedMel, errors);
    }

    private float[] predict(float[] input, TokenOrder order) {
        FrontEndConfig c = loaded.frontEnd();
        return GradMode.off(() -> {
            try (NDManager pass = manager.newSubManager();
                    NDArray x = Tensors.of(pass, input, new Shape(1, 1, c.frames(), c.melBins()));
                    NDArray cells = loaded.model().predict(ops, x, order)) {
                return cells.toFloatArray();
            }
        });
    }

    private void denormalise(float[] cells, float[] input, Patchify patchify) {
        if (loaded.targets() == PatchNorm.NONE) {
            return;
        }
        float[] truth = patchify.rows(input, 0);
        int n = patchify.cells();
        for (int from = 0; from < cells.length; from += n) {
            PatchNorm.Moments moments = loaded.targets().moments(truth, from, n);
            for (int i = from; i < from + n; i++) {
                cells[i] = (float) (cells[i] * moments.scale() + moments.mean());
            }
        }
    }

    private static boolean[] hiddenTokens(TokenOrder order) {
        boolean[] hidden = new boolean[order.tokens()];
        for (long row : order.hiddenRows()) {
            hidden[(int) row] = true;
        }
        return hidden;
    }

    private static boolean[] hiddenCells(Patchify patchify, boolean[] hidden, int size) {
        boolean[] seen = new boolean[size];
        boolean[] covered = new boolean[size];
        for (int token = 0; token < hidden.length; token++) {
            boolean isSeen = !hidden[token];
            patchify.forEachCell(token, (cell, place) -> {
                covered[place] = true;
                seen[place] |= isSeen;
            });
        }
        boolean[] cells = new boolean[size];
        for (int i = 0; i < size; i++) {
            cells[i] = covered[i] && !seen[i];
        }
        return cells;
    }

    /** The mean of all patches that cover a cell; where none does, the input. */
    private static float[] joined(Patchify patchify, float[] cells, float[] input) {
        double[] sums = new double[input.length];
        int[] counts = new int[input.length];
        for (int token = 0; token < patchify.grid().tokens(); token++) {
            int from = token * patchify.cells();
            patchify.forEachCell(token, (cell, place) -> {
                sums[place] += cells[from + cell];
                counts[place]++;
            });
        }
        float[] joined = new float[input.length];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = counts[i] == 0 ? input[i] : (float) (sums[i] / counts[i]);
        }
        return joined;
    }

    /** Back from the model's input, without padded frames. */
    private float[] logMel(float[] input, int size) {
        float[] mel = new float[size];
        double scale = 2 * loaded.frontEnd().std();
        for (int i = 0; i < size; i++) {
            mel[i] = (float) (input[i] * scale + loaded.frontEnd().mean());
        }
        return mel;
    }

    private static float meanOfSeen(float[] masked) {
        double sum = 0;
        int seen = 0;
        for (float level : masked) {
            if (!Float.isNaN(level)) {
                sum += level;
                seen++;
            }
        }
        return (float) (sum / Math.max(1, seen));
    }

    private static double error(float[] mel, float[] original, boolean[] hidden) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < original.length; i++) {
            if (hidden[i]) {
                sum += (mel[i] - original[i]) * (mel[i] - original[i]);
                count++;
            }
        }
        return sum / count;
    }
}
