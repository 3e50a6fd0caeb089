package org.sslam.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void sameArgumentsGiveTheSameSeedForever() {
        assertEquals(0xA96A6434D28F0B34L, Seeds.of(1, "mask", 3, 14));
        assertEquals(Seeds.of(1, "mask", 3, 14), Seeds.of(1, "mask", 3, 14));
        assertEquals(
                Seeds.random(7, "crop", 2).nextLong(),
                Seeds.random(7, "crop", 2).nextLong());
    }

    @Test
    void everyArgumentCounts() {
        long base = Seeds.of(1, "mask", 3, 14);
        assertNotEquals(base, Seeds.of(2, "mask", 3, 14));
        assertNotEquals(base, Seeds.of(1, "masl", 3, 14));
        assertNotEquals(base, Seeds.of(1, "mask", 14, 3));
        assertNotEquals(base, Seeds.of(1, "mask", 3));
        assertNotEquals(Seeds.of(1, "mask"), Seeds.of(1, "mask", 0));
    }

    @Test
    void neighboursDoNotCollideAndFlipHalfOfTheBits() {
        Set<Long> seen = new HashSet<>();
        long flipped = 0;
        for (int seed = 0; seed < 20; seed++) {
            for (int index = 0; index < 500; index++) {
                seen.add(Seeds.of(seed, "clip", index));
                flipped += Long.bitCount(Seeds.of(seed, "clip", index) ^ Seeds.of(seed, "clip", index + 1));
            }
        }
        assertEquals(10_000, seen.size());
        assertEquals(32.0, flipped / 10_000.0, 0.2);
    }

    @Test
    void stepsDifferByPositionAndRank() {
        Set<Long> seen = new HashSet<>();
        for (int position = 0; position < 100; position++) {
            for (int rank = 0; rank < 4; rank++) {
                seen.add(Seeds.step(1, position, rank));
            }
        }
        assertEquals(400, seen.size());
        assertTrue(seen.contains(Seeds.of(1, "step", 5, 2)));
    }
}
