package org.sslam.eval.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sslam.core.ops.Precision;

/**
 * What is timed.
 *
 * @param size tiny (192 wide, 4 blocks), small (384, 12) or base (768, 12)
 * @param batch clips a step
 * @param clones masked clones a clip
 * @param frames of a clip; MW-MAE and the layers have lengths of their own
 * @param steps timed steps
 * @param warmup steps before
 * @param threads threads of the engine
 * @param device cpu, gpu0 ...
 * @param precision number format of products
 * @param breakdown whether the parts of a step are timed too
 * @param peakTflops what the device can do at most, TFLOP/s; empty to go by its name
 */
public record BenchOptions(
        Size size,
        int batch,
        int clones,
        int frames,
        int steps,
        int warmup,
        int threads,
        String device,
        Precision precision,
        boolean breakdown,
        OptionalDouble peakTflops) {
    /** Encoder sizes that are timed. */
    public enum Size {
        /** 192 wide, 4 blocks, 3 heads. */
        TINY(192, 4, 3),
        /** 384 wide, 12 blocks, 6 heads. */
        SMALL(384, 12, 6),
        /** 768 wide, 12 blocks, 12 heads: ViT-B. */
        BASE(768, 12, 12);

        private final int dim;
        private final int depth;
        private final int heads;

        Size(int dim, int depth, int heads) {
            this.dim = dim;
            this.depth = depth;
            this.heads = heads;
        }

        int dim() {
            return dim;
        }

        int depth() {
            return depth;
        }

        int heads() {
            return heads;
        }
    }

    /** Checks the ranges. */
    public BenchOptions {
        if (batch < 1 || clones < 1 || steps < 1 || warmup < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "batch, clones, steps and threads must be at least 1, warmup at least 0");
        }
        if (frames < 16 || frames > BenchModels.FRAMES || frames % 16 != 0) {
            throw new IllegalArgumentException(
                    "frames must be a multiple of 16, at most " + BenchModels.FRAMES + ", not " + frames);
        }
        if (peakTflops.isPresent() && !(peakTflops.getAsDouble() > 0)) {
            throw new IllegalArgumentException("a peak must be a positive number of TFLOP/s");
        }
    }

    /** The same with other sizes, timed as a whole. */
    BenchOptions with(Size otherSize, int otherBatch, int otherClones, int otherFrames) {
        return new BenchOptions(
                otherSize,
                otherBatch,
                otherClones,
                otherFrames,
                steps,
                warmup,
                threads,
                device,
                precision,
                false,
                peakTflops);
    }

    /** The words of a command line that say the same. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--size", size.name(), "--device", device));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("--batch", batch);
        numbers.put("--clones", clones);
        numbers.put("--frames", frames);
        numbers.put("--steps", steps);
        numbers.put("--warmup", warmup);
        numbers.put("--threads", threads);
        numbers.forEach((name, value) -> words.addAll(List.of(name, Integer.toString(value))));
        if (precision == Precision.BF16) {
            words.add("--bf16");
        }
        return words;
    }
}
