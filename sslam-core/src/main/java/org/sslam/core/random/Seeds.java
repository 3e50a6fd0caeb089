package org.sslam.core.random;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Derives independent 64-bit seeds from a run's seed, the purpose of a draw and its indices (epoch, step, clip ...).
 *
 * <p>Every draw is a pure function of these, so order of work and number of threads never change a number, and a
 * resumed run needs no saved generator. The values are part of what makes a run repeatable: they never change.
 *
 * <pre>
 * h = mix(mix(seed + gamma) + gamma + fnv1a(purpose));   for each index i: h = mix(h + gamma + i)
 * </pre>
 *
 * <p>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", the finaliser of SplitMix64.
 */
public final class Seeds {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final String STEP = "step";

    private Seeds() {}

    /**
     * The seed of one draw.
     *
     * @param seed the run's seed
     * @param purpose what is drawn, for example {@code "mask"}; other purposes give unrelated seeds
     * @param indices where in the run, in a fixed order
     */
    public static long of(long seed, String purpose, long... indices) {
        long hash = mix(mix(seed + GAMMA) + GAMMA + fnv1a(purpose));
        for (long index : indices) {
            hash = mix(hash + GAMMA + index);
        }
        return hash;
    }

    /** A generator that starts at {@link #of}. */
    public static SplittableRandom random(long seed, String purpose, long... indices) {
        return new SplittableRandom(of(seed, purpose, indices));
    }

    /**
     * The seed of the engine's own generator for one training step of one process.
     *
     * @param position number of the step (or micro-batch) in the run
     * @param rank process number, from 0
     */
    public static long step(long seed, long position, int rank) {
        return of(seed, STEP, position, rank);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    private static long fnv1a(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }
}
