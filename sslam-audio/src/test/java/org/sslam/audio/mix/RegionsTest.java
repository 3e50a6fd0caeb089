package org.sslam.audio.mix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RegionsTest {
    @Test
    void tenSecondClipsFollowThePublishedDraw() {
        SplittableRandom random = new SplittableRandom(1);
        TreeSet<Integer> starts1 = new TreeSet<>();
        TreeSet<Integer> starts2 = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            Regions regions = Regions.draw(random, 1024, 16);
            assertEquals(240, regions.unmixedFrames());
            assertTrue(regions.start2() >= regions.start1() + 240);
            assertEquals(34, regions.mixedColumnIndices().length);
            assertTrue(regions.mixedColumns()[63]);
            starts1.add(regions.start1());
            starts2.add(regions.start2());
        }
        assertEquals(32, starts1.size());
        assertEquals(0, starts1.first());
        assertEquals(496, starts1.last());
        assertEquals(240, starts2.first());
        assertEquals(768, starts2.last());
        assertEquals(34, starts2.size());
    }

    @Test
    void everyLengthFromThreePatchesOnHasAValidDraw() {
        SplittableRandom random = new SplittableRandom(2);
        for (int patch : new int[] {1, 4, 16}) {
            for (int columns = 3; columns <= 200; columns++) {
                for (int i = 0; i < 20; i++) {
                    Regions regions = Regions.draw(random, columns * patch, patch);
                    int unmixed = (int) Math.max(1, Math.floor(15 * columns / 64.0 + 0.5));
                    assertEquals(unmixed * patch, regions.unmixedFrames());
                    assertEquals(columns - 2 * unmixed, regions.mixedColumnIndices().length);
                    assertTrue(regions.start2() + regions.unmixedFrames() < regions.frames(), "third region is empty");
                }
            }
        }
        assertEquals(16, Regions.draw(random, 64, 16).unmixedFrames());
        assertThrows(IllegalArgumentException.class, () -> Regions.draw(random, 32, 16));
        assertThrows(IllegalArgumentException.class, () -> Regions.draw(random, 100, 16));
    }

    @Test
    void listsMixedColumnsAndRanges() {
        Regions regions = new Regions(128, 32, 0, 48, 16);
        assertArrayEquals(new int[] {2, 5, 6, 7}, regions.mixedColumnIndices());
        assertArrayEquals(new int[][] {{32, 48}, {80, 128}}, regions.mixedRanges());
        Regions adjacent = new Regions(128, 32, 16, 48, 16);
        assertArrayEquals(new int[] {0, 5, 6, 7}, adjacent.mixedColumnIndices());
        Regions none = Regions.none(64, 16);
        assertArrayEquals(new boolean[] {true, true, true, true}, none.mixedColumns());
        assertArrayEquals(new int[][] {{0, 64}}, none.mixedRanges());
    }

    @Test
    void impossibleRegionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Regions(128, 32, 0, 16, 16));
        assertThrows(IllegalArgumentException.class, () -> new Regions(128, 32, 0, 112, 16));
        assertThrows(IllegalArgumentException.class, () -> new Regions(128, 32, 8, 64, 16));
        assertThrows(IllegalArgumentException.class, () -> new Regions(120, 32, 0, 64, 16));
        assertThrows(IllegalArgumentException.class, () -> new Regions(128, 32, -16, 64, 16));
    }
}
