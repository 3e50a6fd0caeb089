package org.sslam.models.zoo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.sslam.core.UserException;

/**
 * How long and how high the clips of some weights are, and the position table that goes with them.
 *
 * @param frames of a clip
 * @param tableFrames of the longest clip that the table has positions for
 * @param table positions, as long as they are wanted
 * @param grid of the table as it is stored
 * @param steps time steps of {@code table}
 * @param change what was done to the table, if anything
 */
record ClipShape(
        int frames, int tableFrames, StoredPositions table, TableGrid grid, int steps, Optional<String> change) {
    private static final long MAX_VALUES = 1L << 26;

    /**
     * What is known before the table is looked at.
     *
     * @param stride step between patches
     * @param tableFrames frames that the table is made for
     */
    record Wanted(
            OptionalInt frames,
            OptionalInt melBins,
            OptionalInt stride,
            OptionalInt tableFrames,
            int usualFrames,
            int usualMelBins,
            PositionFit fit) {}

    /** Mel bins of a clip. */
    int melBins() {
        return grid.melBins();
    }

    /** Patches of the table's clips. */
    int tokens() {
        return steps * grid.frequencies();
    }

    /** What a person should know. */
    List<String> notes() {
        return Stream.concat(grid.note().stream(), change.stream()).toList();
    }

    /**
     * Finds it out.
     *
     * @throws UserException if the table has no such clips, or must not be changed so that it has
     */
    static ClipShape of(StoredPositions stored, Layout.Positions layout, Map<String, Long> sizes, Wanted wanted) {
        TableGrid grid = TableGrid.of(stored, layout, sizes, wanted);
        PatchSteps time = grid.time();
        int said = wanted.tableFrames().orElse(wanted.usualFrames());
        int whole = time.cells(grid.steps(), said);
        int usual = layout.wholeClip() ? whole : Math.min(whole, wanted.usualFrames());
        int frames = wanted.frames().orElse(usual);
        int steps = time.count(frames);
        if (steps < 1) {
            throw new UserException("a clip of " + frames + " frames is no multiple of a patch of " + time.patch()
                    + "; change --frames");
        }
        boolean known = wanted.tableFrames().isPresent() && time.count(said) == grid.steps();
        boolean shorter = steps < grid.steps() && wanted.fit() != PositionFit.CUT;
        if (steps == grid.steps() || shorter && (known || !layout.wholeClip())) {
            return new ClipShape(frames, Math.max(frames, whole), stored, grid, grid.steps(), Optional.empty());
        }
        return fitted(stored, grid, frames, steps, layout, wanted.fit());
    }

    private static ClipShape fitted(
            StoredPositions stored, TableGrid grid, int frames, int steps, Layout.Positions layout, PositionFit fit) {
        String change = "positions of " + grid.steps() + " time steps for clips of " + steps;
        if (fit == PositionFit.CUT && steps < grid.steps()) {
            return new ClipShape(
                    frames,
                    frames,
                    stored.cut(steps, grid.frequencies()),
                    grid,
                    steps,
                    Optional.of(change + ": the first " + steps + " are kept"));
        }
        if (fit == PositionFit.INTERPOLATE) {
            requireOrder(stored, grid, layout);
            long values = (stored.leading() + (long) steps * grid.frequencies()) * stored.width();
            if (values > MAX_VALUES) {
                throw new UserException("clips of " + frames + " frames would have a position table of " + values
                        + " values, more than " + MAX_VALUES + "; change --frames");
            }
            return new ClipShape(
                    frames,
                    frames,
                    stored.interpolated(steps, grid.frequencies()),
                    grid,
                    steps,
                    Optional.of(change + ": interpolated linearly along time"));
        }
        throw new UserException("the file has " + change + " (" + frames + " frames); say "
                + (steps < grid.steps() ? "--positions cut or " : "") + "--positions interpolate, or other --frames");
    }

    /** Between neighbours in time there is something to interpolate only where they have neighbouring codes. */
    private static void requireOrder(StoredPositions stored, TableGrid grid, Layout.Positions layout) {
        boolean inOrder = !layout.transposed()
                || grid.time().overlap()
                || stored.gridWidth().equals(OptionalInt.of(grid.frequencies()));
        if (!inOrder) {
            throw new UserException("these positions have the order of the published code, in which neighbours in time"
                    + " have unrelated codes, so they cannot be interpolated; take clips of at most "
                    + grid.time().cells(grid.steps()) + " frames with --positions cut");
        }
    }
}
