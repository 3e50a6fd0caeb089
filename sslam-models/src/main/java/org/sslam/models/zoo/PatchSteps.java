package org.sslam.models.zoo;

/**
 * How many patches lie along one side of a spectrogram, and how long the side is.
 *
 * @param patch its length in cells
 * @param stride from one patch to the next; below the patch's length they overlap, and cells that no whole patch reaches
 *     are left out
 */
record PatchSteps(int patch, int stride) {
    /** Whether patches overlap. */
    boolean overlap() {
        return stride < patch;
    }

    /** Patches along a side, 0 if it cannot be divided so. */
    int count(int cells) {
        if (cells < patch || !overlap() && cells % patch != 0) {
            return 0;
        }
        return (cells - patch) / stride + 1;
    }

    /** The shortest side with so many patches. */
    int cells(int count) {
        return Math.addExact(patch, Math.multiplyExact(count - 1, stride));
    }

    /** A side with so many patches: the usual one if it has, the shortest otherwise. */
    int cells(int count, int usual) {
        return count(usual) == count ? usual : cells(count);
    }
}
