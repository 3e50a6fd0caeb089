package org.sslam.eval.bench;

import java.util.OptionalDouble;
import org.sslam.core.ops.Precision;

/**
 * What is timed.
 *
 * @param size tiny (192 wide, 4 blocks), small (384, 12) or base (768, 12)
 * @param batch clips a step
 * @param clones masked clones a clip
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
        if (peakTflops.isPresent() && !(peakTflops.getAsDouble() > 0)) {
            throw new IllegalArgumentException("a peak must be a positive number of TFLOP/s");
        }
    }
}
