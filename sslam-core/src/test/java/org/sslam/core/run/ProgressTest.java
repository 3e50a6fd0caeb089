package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private Progress lines(long done, long total) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ProgressLines(out, clock::get, "stage1", "steps", done, total, Duration.ofSeconds(10));
    }

    private List<String> printed() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void sleep(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void linesComeAtMostOnceAnInterval() {
        try (Progress progress = lines(100, 700)) {
            for (int step = 101; step <= 120; step++) {
                sleep(1);
                progress.update(step, "loss 3.21  8.3 clips/s");
            }
            sleep(1);
            progress.update(121, "");
        }
        assertEquals(
                List.of(
                        "stage1  110/700 steps  15%  loss 3.21  8.3 clips/s  eta 9m50s",
                        "stage1  120/700 steps  17%  loss 3.21  8.3 clips/s  eta 9m40s",
                        "stage1  121/700 steps  17%  eta 9m39s"),
                printed());
    }

    @Test
    void theEndIsShownOnceAndHasNoEta() {
        try (Progress progress = lines(0, 2)) {
            sleep(20);
            progress.update(2, "done");
        }
        assertEquals(List.of("stage1  2/2 steps  100%  done"), printed());
    }

    @Test
    void nothingToDoPrintsNothing() {
        lines(0, 0).close();
        assertEquals(List.of(), printed());
    }

    @Test
    void durationsHaveTwoUnits() {
        assertEquals("0s", ProgressLines.words(Duration.ofMillis(499)));
        assertEquals("45s", ProgressLines.words(Duration.ofSeconds(45)));
        assertEquals("1m10s", ProgressLines.words(Duration.ofSeconds(70)));
        assertEquals("2h05m", ProgressLines.words(Duration.ofMinutes(125)));
        assertEquals("50h00m", ProgressLines.words(Duration.ofHours(50)));
    }
}
