package org.sslam.models.zoo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sslam.core.UserException;

/**
 * The grid of patches that a position table was made for. The table fixes the product of its sides; the number of mel
 * bins is what the user or the configuration beside the file says, what is usual for the kind where the table has room
 * for it, with overlapping patches if need be, or what a sine-cosine table gives away.
 *
 * @param frequencies patches along frequency
 * @param steps patches along time
 * @param melBins of a clip
 * @param time how patches follow each other along time
 * @param note what a person should know of the choice
 */
record TableGrid(int frequencies, int steps, int melBins, PatchSteps time, Optional<String> note) {

    /** What is known of the network beside its table. */
    private record Search(
            StoredPositions stored,
            OptionalInt width,
            Layout.Positions layout,
            int timePatch,
            int melPatch,
            ClipShape.Wanted wanted) {

        PatchSteps frequency(int stride) {
            return new PatchSteps(melPatch, Math.min(stride, melPatch));
        }

        boolean fits(int melBins, int stride) {
            PatchSteps steps = frequency(stride);
            int frequencies = steps.count(melBins);
            if (frequencies < 1 || stored.rows() % frequencies != 0) {
                return false;
            }
            boolean turned = layout.transposed() && !steps.overlap();
            return width.isEmpty()
                    || width.getAsInt() == frequencies
                    || turned && stored.rows() / width.getAsInt() == frequencies;
        }

        TableGrid grid(int melBins, int stride, Optional<String> note) {
            int frequencies = frequency(stride).count(melBins);
            PatchSteps time = new PatchSteps(timePatch, stride < melPatch ? stride : timePatch);
            return new TableGrid(frequencies, stored.rows() / frequencies, melBins, time, note);
        }

        /** The longest step below a patch with which usual clips have as many patches as the table rows. */
        Optional<TableGrid> overlapping(int melBins) {
            int frames = wanted.frames().orElse(wanted.usualFrames());
            for (int stride = melPatch - 1; layout.overlap() && stride > 0; stride--) {
                if (fits(melBins, stride)) {
                    TableGrid grid = grid(
                            melBins,
                            stride,
                            Optional.of("patches overlap: only with a step of " + stride + " do " + melBins
                                    + " mel bins fit the position table"));
                    if (grid.time().count(frames) == grid.steps()) {
                        return Optional.of(grid);
                    }
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Finds it.
     *
     * @throws UserException if nothing fits
     */
    static TableGrid of(
            StoredPositions stored, Layout.Positions layout, Map<String, Long> sizes, ClipShape.Wanted wanted) {
        int melPatch = size(layout.frequency(), sizes);
        Search search = new Search(stored, stored.gridWidth(), layout, size(layout.time(), sizes), melPatch, wanted);
        if (stored.rows() < 1) {
            throw new UserException("the position table has no row for a patch; get the file again");
        }
        int melBins = wanted.melBins().orElse(wanted.usualMelBins());
        int stride = layout.overlap() ? wanted.stride().orElse(melPatch) : melPatch;
        if (stride < 1 || stride > melPatch) {
            throw new UserException("patches of " + melPatch + " cannot have a step of " + stride + "; mend "
                    + WeightFile.CONFIG + " beside the weights");
        }
        if (search.fits(melBins, stride)) {
            return search.grid(melBins, stride, Optional.empty());
        }
        Optional<TableGrid> overlapping = stride == melPatch ? search.overlapping(melBins) : Optional.empty();
        if (overlapping.isPresent()) {
            return overlapping.get();
        }
        if (wanted.melBins().isEmpty() && stride == melPatch && search.width().isPresent()) {
            int told = Math.multiplyExact(lowSide(search), melPatch);
            return search.grid(
                    told,
                    stride,
                    Optional.of(told + " mel bins, as the grid of the position table says; usual are " + melBins));
        }
        throw refused(search, melBins, stride);
    }

    private static int size(String expression, Map<String, Long> sizes) {
        return Math.toIntExact(SizeExpression.of(expression).value(sizes).orElseThrow());
    }

    /** A table for exchanged sides does not say which is which; clips are longer than they are high. */
    private static int lowSide(Search search) {
        int width = search.width().getAsInt();
        return search.layout().transposed() ? Math.min(width, search.stored().rows() / width) : width;
    }

    private static UserException refused(Search search, int melBins, int stride) {
        int rows = search.stored().rows();
        int frequencies = search.frequency(stride).count(melBins);
        if (frequencies < 1 || rows % frequencies != 0) {
            return new UserException("the position table has " + rows + " rows, no whole number of time steps for "
                    + melBins + " mel bins in patches of " + search.melPatch()
                    + "; say how many there are with --mel-bins");
        }
        int width = search.width().getAsInt();
        return new UserException("the position table was made for a grid of " + width + " x " + rows / width + ", and "
                + melBins + " mel bins in patches of " + search.melPatch() + " are " + frequencies
                + " rows of it; say --mel-bins " + search.frequency(stride).cells(lowSide(search)));
    }
}
