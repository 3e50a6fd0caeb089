package org.sslam.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepClockTest {
    private long now;

    private void work(long nanos) {
        now += nanos;
    }

    @Test
    void partsAddUpOnEveryLevel() {
        try (StepClock clock = StepClock.start(() -> now, () -> {})) {
            for (int step = 0; step < 2; step++) {
                StepClock.part("student", () -> {
                    StepClock.part("mlp", () -> work(5));
                    work(2);
                    StepClock.part("attention", () -> work(3));
                    StepClock.part("mlp", () -> work(1));
                });
                work(7);
            }
            Map<String, Long> expected = new LinkedHashMap<>();
            expected.put("student", 22L);
            expected.put("student/mlp", 12L);
            expected.put("student/attention", 6L);
            expected.put("student/rest", 4L);
            expected.put("rest", 14L);
            assertEquals(
                    new ArrayList<>(expected.entrySet()),
                    new ArrayList<>(clock.nanos().entrySet()));
        }
    }

    @Test
    void workIsDoneWithoutAClockAndAfterAFailure() {
        assertEquals(3, StepClock.part("alone", () -> 3));
        try (StepClock clock = StepClock.start(() -> now, () -> {})) {
            assertThrows(
                    IllegalStateException.class,
                    () -> StepClock.part("broken", () -> {
                        work(4);
                        throw new IllegalStateException("broken");
                    }));
            StepClock.part("next", () -> work(1));
            assertEquals(Map.of("broken", 4L, "next", 1L, "rest", 0L), clock.nanos());
            assertThrows(IllegalStateException.class, () -> StepClock.start(() -> now, () -> {}));
        }
        StepClock.start(() -> now, () -> {}).close();
    }

    @Test
    void theDeviceIsWaitedForAtBothEndsOfAPart() {
        List<String> order = new ArrayList<>();
        try (StepClock clock = StepClock.start(() -> now, () -> order.add("barrier"))) {
            StepClock.part("work", () -> {
                order.add("work");
            });
            assertEquals(List.of("barrier", "work", "barrier"), order);
            assertEquals(0, clock.nanos().get("work"));
        }
    }
}
