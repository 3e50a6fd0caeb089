package org.sslam.audio.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static int slowSquare(int i) {
        try {
            Thread.sleep(i % 3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return i * i;
    }

    @Test
    void resultsComeInOrderWhateverTheThreads() throws TimeoutException {
        for (int threads : new int[] {1, 4}) {
            try (ReadAhead<Integer> ahead = new ReadAhead<>(50, threads, ReadAheadTest::slowSquare, unwanted -> {})) {
                for (int i = 0; i < 50; i++) {
                    assertTrue(ahead.hasNext());
                    assertEquals(i * i, ahead.next(LONG));
                }
                assertFalse(ahead.hasNext());
            }
        }
    }

    @Test
    void onlyAFewResultsExistAndNoneIsLostWhenItEndsEarly() throws TimeoutException {
        AtomicInteger made = new AtomicInteger();
        Set<Integer> discarded = ConcurrentHashMap.newKeySet();
        try (ReadAhead<Integer> ahead = new ReadAhead<>(
                1000,
                2,
                i -> {
                    made.incrementAndGet();
                    return i;
                },
                discarded::add)) {
            assertEquals(0, ahead.next(LONG));
        }
        assertTrue(made.get() <= 9, made + " made");
        assertEquals(made.get() - 1, discarded.size());
        assertFalse(discarded.contains(0));
    }

    @Test
    void whatGoesWrongIsThrownWhereItsResultWouldBe() throws TimeoutException {
        try (ReadAhead<Integer> ahead = new ReadAhead<>(
                3,
                2,
                i -> {
                    if (i == 1) {
                        throw new IllegalStateException("number one");
                    }
                    return i;
                },
                unwanted -> {})) {
            assertEquals(0, ahead.next(LONG));
            assertEquals(
                    "number one",
                    assertThrows(IllegalStateException.class, () -> ahead.next(LONG))
                            .getMessage());
        }
    }

    @Test
    void waitingHasALimit() throws TimeoutException {
        CountDownLatch hangs = new CountDownLatch(1);
        try (ReadAhead<Boolean> ahead = new ReadAhead<>(
                1,
                1,
                i -> {
                    try {
                        hangs.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                },
                unwanted -> {})) {
            assertThrows(TimeoutException.class, () -> ahead.next(Duration.ofMillis(20)));
            hangs.countDown();
            assertTrue(ahead.next(LONG));
        }
    }
}
