package org.sslam.audio.mix;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The two regions of a clip that stay unmixed; everything else is mixed. One draw serves a whole batch.
 *
 * <p>Unmixed are the frames {@code [start1, start1 + unmixedFrames)} and {@code [start2, start2 + unmixedFrames)};
 * all numbers are in frames and whole multiples of {@code patchFrames}. {@code unmixedFrames = 0} is full mixing.
 *
 * <p>Rule of {@link #draw}, in patch columns with {@code n = frames / patchFrames}:
 * {@code u = max(1, round(15 n / 64))} (half rounds up); {@code start1} uniform in
 * {@code 0 .. min(n/2 - 1, n - 2u - 1)}; {@code start2} uniform in {@code start1 + u .. n - u - 1}, so that the first
 * two mixed regions may be empty and the third has at least one column. For 1024 frames of 16: u = 240 frames,
 * start1 in 0, 16, .. 496, start2 in start1 + 240 .. 768, and 34 of 64 columns mixed.
 *
 * <p>Source: SSLAM paper, section 3.2; the rule for other lengths is ours.
 *
 * @param frames frames of a clip
 * @param unmixedFrames length of each unmixed region
 * @param start1 first frame of the first unmixed region
 * @param start2 first frame of the second unmixed region
 * @param patchFrames frames of one patch column
 */
public record Regions(int frames, int unmixedFrames, int start1, int start2, int patchFrames) {
    private static final int MIN_COLUMNS = 3;

    public Regions {
        if (patchFrames < 1 || frames < patchFrames || frames % patchFrames != 0) {
            throw new IllegalArgumentException(
                    "a clip of " + frames + " frames is not a whole number of patches of " + patchFrames + " frames");
        }
        if (unmixedFrames % patchFrames != 0 || start1 % patchFrames != 0 || start2 % patchFrames != 0) {
            throw new IllegalArgumentException("regions must begin and end at patch borders: " + start1 + ", " + start2
                    + " + " + unmixedFrames + " frames, patches of " + patchFrames);
        }
        if (unmixedFrames < 0 || start1 < 0 || start2 < start1 + unmixedFrames || start2 + unmixedFrames > frames) {
            throw new IllegalArgumentException("unmixed regions overlap or leave the clip: " + start1 + ", " + start2
                    + " + " + unmixedFrames + " of " + frames + " frames");
        }
    }

    /**
     * Draws the two regions.
     *
     * @throws IllegalArgumentException if {@code frames} is no multiple of {@code patchFrames} or under three patches
     */
    public static Regions draw(SplittableRandom random, int frames, int patchFrames) {
        int columns = frames / patchFrames;
        if (columns < MIN_COLUMNS) {
            throw new IllegalArgumentException("partial mixing needs at least " + MIN_COLUMNS + " patches of "
                    + patchFrames + " frames in time, but a clip has " + frames + " frames");
        }
        int unmixed = Math.max(1, (int) Math.round(15 * columns / 64.0));
        int first = random.nextInt(Math.min(columns / 2 - 1, columns - 2 * unmixed - 1) + 1);
        int second = random.nextInt(first + unmixed, columns - unmixed);
        return new Regions(frames, unmixed * patchFrames, first * patchFrames, second * patchFrames, patchFrames);
    }

    /** No unmixed region: full mixing. */
    public static Regions none(int frames, int patchFrames) {
        return new Regions(frames, 0, 0, 0, patchFrames);
    }

    /** Whether each patch column of the clip, in time order, is mixed. */
    public boolean[] mixedColumns() {
        boolean[] mixed = new boolean[frames / patchFrames];
        Arrays.fill(mixed, true);
        int length = unmixedFrames / patchFrames;
        Arrays.fill(mixed, start1 / patchFrames, start1 / patchFrames + length, false);
        Arrays.fill(mixed, start2 / patchFrames, start2 / patchFrames + length, false);
        return mixed;
    }

    /** Indices of the mixed patch columns, ascending. */
    public int[] mixedColumnIndices() {
        boolean[] mixed = mixedColumns();
        return IntStream.range(0, mixed.length).filter(c -> mixed[c]).toArray();
    }

    /** The mixed stretches as frame pairs {@code {from, to}}, ascending; empty ones left out. */
    public int[][] mixedRanges() {
        int[][] ranges = {{0, start1}, {start1 + unmixedFrames, start2}, {start2 + unmixedFrames, frames}};
        return Arrays.stream(ranges).filter(range -> range[0] < range[1]).toArray(int[][]::new);
    }
}
