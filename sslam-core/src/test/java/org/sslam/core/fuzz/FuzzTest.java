package org.sslam.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

class FuzzTest {
    private static final byte[] VALID = "size: 12 name: ab".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private static Fuzz fuzz() {
        return Fuzz.of("self-test").seed(VALID).words("size: ", "name: ");
    }

    private AssertionError failure(Fuzz fuzz, Fuzz.Reader reader) throws IOException {
        AssertionError error = assertThrows(AssertionError.class, () -> fuzz.run(folder, reader));
        Matcher file = Pattern.compile("the input is (.*), keep it").matcher(error.getMessage());
        if (file.find()) {
            Files.delete(Path.of(file.group(1)));
        }
        return error;
    }

    @Test
    void aReaderThatRefusesInOneLinePasses() throws IOException {
        Fuzz.Report report = fuzz().run(folder, file -> {
            if (!new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).startsWith("size: ")) {
                throw new UserException(file + " is no such file; get another");
            }
        });
        assertEquals(1, report.reasons());
        assertTrue(report.accepted() > 100 && report.accepted() < report.inputs() - 100, report.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aRunIsAFunctionOfItsSeed() {
        List<byte[]> first = new ArrayList<>();
        List<byte[]> second = new ArrayList<>();
        fuzz().run(folder, file -> first.add(Files.readAllBytes(file)));
        fuzz().run(folder, file -> second.add(Files.readAllBytes(file)));
        assertArrayEquals(first.toArray(), second.toArray());
    }

    @Test
    void otherExceptionsAreFoundWithTheirInput() throws IOException {
        AssertionError error = failure(fuzz(), file -> {
            if (Files.size(file) < VALID.length) {
                throw new IndexOutOfBoundsException("short");
            }
        });
        assertTrue(error.getMessage().startsWith("fuzz self-test, seed 1, input "), error.getMessage());
        assertTrue(error.getMessage().contains("the reader threw java.lang.IndexOutOfBoundsException: short"));
        assertTrue(error.getCause() instanceof IndexOutOfBoundsException);
    }

    @Test
    void errorsSlownessMemoryAndLongRefusalsAreFound() throws IOException {
        assertTrue(failure(fuzz(), file -> {
                    if (Files.size(file) > VALID.length) {
                        throw new StackOverflowError();
                    }
                })
                .getMessage()
                .contains("StackOverflowError"));
        assertTrue(failure(fuzz().limits(Duration.ofMillis(50), 1 << 20), file -> {
                    if (Files.size(file) > VALID.length) {
                        sleep();
                    }
                })
                .getMessage()
                .contains("does not end within PT1S, at "));
        assertTrue(failure(fuzz().limits(Duration.ofMillis(50), 1 << 20), file -> {
                    if (Files.size(file) > VALID.length) {
                        work(Duration.ofMillis(100));
                    }
                })
                .getMessage()
                .contains(" ms, more than 50"));
        assertTrue(failure(fuzz().limits(Duration.ofSeconds(5), 1 << 20), file -> {
                    if (Files.size(file) > VALID.length) {
                        assertEquals(2 << 20, new byte[2 << 20].length);
                    }
                })
                .getMessage()
                .contains("bytes of memory, more than 1048576"));
        assertTrue(failure(fuzz(), file -> {
                    if (Files.size(file) > VALID.length) {
                        throw new UserException("two\nlines");
                    }
                })
                .getMessage()
                .contains("the refusal is not one line"));
    }

    @Test
    void aSeedMustBeValid() throws IOException {
        assertTrue(failure(fuzz(), file -> {
                    throw new UserException("no");
                })
                .getMessage()
                .contains("a file to begin with is refused"));
    }

    /** Keeps the processor busy that long. */
    private static void work(Duration time) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + time.toNanos();
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
