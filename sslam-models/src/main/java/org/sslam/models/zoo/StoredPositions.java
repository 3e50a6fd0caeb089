package org.sslam.models.zoo;

import java.util.Arrays;
import java.util.OptionalInt;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;

/**
 * The positions of patch tokens, time-major, with or without rows in front that belong to no patch.
 *
 * @param values (leading + rows, width) row-major
 * @param leading rows in front
 * @param width of a row
 */
record StoredPositions(float[] values, int leading, int width) {
    private static final float SAME_CODE = 1e-4f;
    private static final float SAME_TABLE = 2e-3f;

    /** Rows of patches. */
    int rows() {
        return values.length / width - leading;
    }

    /**
     * The width of the grid for which a sine-cosine table was made: after how many rows the code of the fast index
     * repeats.
     *
     * @return nothing if this is no such table
     */
    OptionalInt gridWidth() {
        if (rows() < 1) {
            return OptionalInt.empty();
        }
        int period = 1;
        while (period < rows() && !sameFastCode(period)) {
            period++;
        }
        if (width % 4 != 0 || rows() % period != 0) {
            return OptionalInt.empty();
        }
        float[] table = SinCosPositions.table(new PatchGrid(rows() / period, period), width);
        for (int i = 0; i < table.length; i++) {
            if (!(Math.abs(table[i] - values[leading * width + i]) <= SAME_TABLE)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(period);
    }

    private boolean sameFastCode(int row) {
        for (int i = 0; i < width / 2; i++) {
            float difference = values[(leading + row) * width + i] - values[leading * width + i];
            if (!(Math.abs(difference) <= SAME_CODE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first time steps.
     *
     * @param steps how many, at most those there are
     * @param frequencies rows of a time step
     */
    StoredPositions cut(int steps, int frequencies) {
        return new StoredPositions(Arrays.copyOf(values, (leading + steps * frequencies) * width), leading, width);
    }

    /**
     * As many time steps as wanted over the same span: row by row of a time step, linear between the two nearest steps,
     * the first and the last step kept.
     */
    StoredPositions interpolated(int steps, int frequencies) {
        int stored = rows() / frequencies;
        float[] result = Arrays.copyOf(values, (leading + steps * frequencies) * width);
        int step = frequencies * width;
        for (int t = 0; t < steps; t++) {
            double at = steps == 1 ? 0 : (double) t * (stored - 1) / (steps - 1);
            int before = Math.min((int) at, Math.max(0, stored - 2));
            int after = Math.min(before + 1, stored - 1);
            double share = at - before;
            for (int i = 0; i < step; i++) {
                float a = values[leading * width + before * step + i];
                float b = values[leading * width + after * step + i];
                result[leading * width + t * step + i] = (float) (a + share * ((double) b - a));
            }
        }
        return new StoredPositions(result, leading, width);
    }
}
