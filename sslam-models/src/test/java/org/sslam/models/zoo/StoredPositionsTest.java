package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.UserException;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;

class StoredPositionsTest {
    private static final int WIDTH = 8;
    private static final Map<String, Long> SIZES = Map.of("P", 4L);

    private static StoredPositions sineCosine(int slow, int fast, int leading) {
        float[] table = SinCosPositions.table(new PatchGrid(slow, fast), WIDTH);
        float[] values = new float[leading * WIDTH + table.length];
        System.arraycopy(table, 0, values, leading * WIDTH, table.length);
        return new StoredPositions(values, leading, WIDTH);
    }

    private static Layout.Positions layout(boolean wholeClip, boolean transposed) {
        return new Layout.Positions("pos", Optional.empty(), "P", "P", wholeClip, transposed, false);
    }

    private static ClipShape.Wanted wanted(OptionalInt frames, OptionalInt melBins, PositionFit fit) {
        return new ClipShape.Wanted(frames, melBins, OptionalInt.empty(), OptionalInt.empty(), 64, 16, fit);
    }

    @ParameterizedTest
    @CsvSource({"12, 4, 0", "12, 4, 1", "1, 5, 0", "6, 1, 1", "3, 64, 0"})
    void theWidthOfTheGridIsReadFromTheTable(int slow, int fast, int leading) {
        assertEquals(OptionalInt.of(fast), sineCosine(slow, fast, leading).gridWidth());
    }

    @Test
    void aTrainedTableHasNoGrid() {
        StoredPositions table = sineCosine(12, 4, 0);
        table.values()[5 * WIDTH + 3] += 0.1f;
        assertEquals(OptionalInt.empty(), table.gridWidth());
        table.values()[0] = Float.NaN;
        assertEquals(OptionalInt.empty(), table.gridWidth());
    }

    @Test
    void cuttingKeepsTheFirstStepsAndWhatStandsInFront() {
        StoredPositions table = sineCosine(12, 4, 1);
        table.values()[0] = 9;
        StoredPositions cut = table.cut(5, 4);
        assertEquals(20, cut.rows());
        for (int i = 0; i < cut.values().length; i++) {
            assertEquals(table.values()[i], cut.values()[i]);
        }
    }

    @Test
    void interpolationIsLinearBetweenStepsAndKeepsTheEnds() {
        float[] values = {100, 0, 10, 2, 12, 4, 14};
        StoredPositions table = new StoredPositions(values, 1, 1);
        assertArrayEquals(
                new float[] {100, 0, 10, 1, 11, 2, 12, 3, 13, 4, 14},
                table.interpolated(5, 2).values());
        assertArrayEquals(
                new float[] {100, 0, 10, 4, 14}, table.interpolated(2, 2).values());
        assertArrayEquals(values, table.interpolated(3, 2).values());
        StoredPositions one = new StoredPositions(new float[] {5, 6}, 0, 1);
        assertArrayEquals(new float[] {5, 6, 5, 6}, one.interpolated(2, 2).values());
    }

    @Test
    void withoutAWordTheTableSaysHowHighAndLongClipsAre() {
        ClipShape whole = ClipShape.of(
                sineCosine(12, 5, 0),
                layout(true, false),
                SIZES,
                wanted(OptionalInt.empty(), OptionalInt.empty(), PositionFit.EXACT));
        assertEquals(20, whole.melBins());
        assertEquals(48, whole.frames());
        assertEquals(Optional.empty(), whole.change());
        assertEquals(List.of("20 mel bins, as the grid of the position table says; usual are 16"), whole.notes());
        ClipShape longTable = ClipShape.of(
                sineCosine(24, 5, 0),
                layout(false, false),
                SIZES,
                wanted(OptionalInt.empty(), OptionalInt.empty(), PositionFit.EXACT));
        assertEquals(64, longTable.frames());
        assertEquals(24, longTable.steps());
        ClipShape turned = ClipShape.of(
                sineCosine(5, 12, 0),
                layout(true, true),
                SIZES,
                wanted(OptionalInt.empty(), OptionalInt.empty(), PositionFit.EXACT));
        assertEquals(20, turned.melBins());
        assertEquals(48, turned.frames());
    }

    @Test
    void anotherLengthNeedsAWord() {
        StoredPositions table = sineCosine(12, 4, 0);
        OptionalInt shorter = OptionalInt.of(32);
        String refused = assertThrows(
                        UserException.class,
                        () -> ClipShape.of(
                                table,
                                layout(true, false),
                                SIZES,
                                wanted(shorter, OptionalInt.empty(), PositionFit.EXACT)))
                .getMessage();
        assertEquals(
                "the file has positions of 12 time steps for clips of 8 (32 frames); say --positions cut or"
                        + " --positions interpolate, or other --frames",
                refused);
        ClipShape cut =
                ClipShape.of(table, layout(true, false), SIZES, wanted(shorter, OptionalInt.empty(), PositionFit.CUT));
        assertEquals(32, cut.table().rows());
        assertEquals(Optional.of("positions of 12 time steps for clips of 8: the first 8 are kept"), cut.change());
        ClipShape longer = ClipShape.of(
                table,
                layout(false, false),
                SIZES,
                wanted(OptionalInt.of(96), OptionalInt.empty(), PositionFit.INTERPOLATE));
        assertEquals(96, longer.table().rows());
        assertTrue(longer.change().orElseThrow().endsWith("interpolated linearly along time"));
        UserException tooShort = assertThrows(
                UserException.class,
                () -> ClipShape.of(
                        table,
                        layout(false, false),
                        SIZES,
                        wanted(OptionalInt.of(96), OptionalInt.empty(), PositionFit.CUT)));
        assertTrue(tooShort.getMessage().contains("say --positions interpolate"), tooShort.getMessage());
    }

    @Test
    void binsThatContradictTheTableAreNamed() {
        StoredPositions table = sineCosine(12, 4, 0);
        UserException height = assertThrows(
                UserException.class,
                () -> ClipShape.of(
                        table,
                        layout(true, false),
                        SIZES,
                        wanted(OptionalInt.empty(), OptionalInt.of(24), PositionFit.EXACT)));
        assertTrue(height.getMessage().endsWith("say --mel-bins 16"), height.getMessage());
        UserException rows = assertThrows(
                UserException.class,
                () -> ClipShape.of(
                        table,
                        layout(true, false),
                        SIZES,
                        wanted(OptionalInt.empty(), OptionalInt.of(20), PositionFit.EXACT)));
        assertTrue(rows.getMessage().contains("no whole number of time steps"), rows.getMessage());
        UserException frames = assertThrows(
                UserException.class,
                () -> ClipShape.of(
                        table,
                        layout(true, false),
                        SIZES,
                        wanted(OptionalInt.of(30), OptionalInt.empty(), PositionFit.CUT)));
        assertTrue(frames.getMessage().contains("no multiple of a patch of 4"), frames.getMessage());
    }

    @Test
    void overlappingPatchesAreSeenWhereTheUsualBinsFitNoOthers() {
        StoredPositions table = sineCosine(101, 12, 1);
        Layout.Positions layout = new Layout.Positions("pos", Optional.empty(), "P", "P", true, true, true);
        Map<String, Long> sizes = Map.of("P", 16L);
        OptionalInt none = OptionalInt.empty();
        ClipShape shape = ClipShape.of(
                table, layout, sizes, new ClipShape.Wanted(none, none, none, none, 1024, 128, PositionFit.EXACT));
        assertEquals(128, shape.melBins());
        assertEquals(1024, shape.frames());
        assertEquals(1024, shape.tableFrames());
        assertEquals(10, shape.grid().time().stride());
        assertTrue(shape.notes().get(0).startsWith("patches overlap: only with a step of 10"), shape.notes()::toString);
        ClipShape shorter = ClipShape.of(
                table,
                layout,
                sizes,
                new ClipShape.Wanted(
                        OptionalInt.of(512),
                        OptionalInt.of(128),
                        OptionalInt.of(10),
                        OptionalInt.of(1020),
                        1024,
                        128,
                        PositionFit.EXACT));
        assertEquals(512, shorter.frames());
        assertEquals(1020, shorter.tableFrames());
        assertEquals(List.of(), shorter.notes());
    }

    @Test
    void interpolationHasBoundsAndNeedsCodesInOrder() {
        ClipShape.Wanted endless =
                wanted(OptionalInt.of(Integer.MAX_VALUE - 3), OptionalInt.empty(), PositionFit.INTERPOLATE);
        String refused = assertThrows(
                        UserException.class,
                        () -> ClipShape.of(sineCosine(12, 4, 0), layout(true, false), SIZES, endless))
                .getMessage();
        assertTrue(refused.endsWith("; change --frames"), refused);
        ClipShape.Wanted longer = wanted(OptionalInt.of(96), OptionalInt.empty(), PositionFit.INTERPOLATE);
        String unordered = assertThrows(
                        UserException.class,
                        () -> ClipShape.of(sineCosine(5, 12, 0), layout(true, true), SIZES, longer))
                .getMessage();
        assertTrue(unordered.contains("cannot be interpolated; take clips of at most 48 frames"), unordered);
    }
}
