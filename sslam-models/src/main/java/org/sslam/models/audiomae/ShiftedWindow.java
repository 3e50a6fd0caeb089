package org.sslam.models.audiomae;

import org.sslam.core.ops.WindowGrid;

/**
 * A window of a grid and how far windows are shifted, in tokens.
 *
 * @param times side along time
 * @param bands side along frequency
 * @param shiftTime how far along time
 * @param shiftFrequency how far along frequency
 */
record ShiftedWindow(int times, int bands, int shiftTime, int shiftFrequency) {
    /** Tokens of a window. */
    int cells() {
        return times * bands;
    }

    /** Whether windows are shifted along either axis. */
    boolean isShifted() {
        return shiftTime != 0 || shiftFrequency != 0;
    }

    /**
     * The windows of a grid.
     *
     * @throws IllegalArgumentException if they do not fill it
     */
    WindowGrid of(int gridTimes, int gridBands) {
        return WindowGrid.of(gridTimes, gridBands, times, bands);
    }
}
