package org.sslam.train.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to real processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that asks a process to end")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopSignalTest {
    private static final int INTERRUPT = 2;

    /** A loop whose step ends when a line comes in, or never. */
    static final class Steps {
        public static void main(String[] args) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (StopSignal stop = StopSignal.ofProcess()) {
                stop.waitForLoop(true);
                System.out.println("in a step");
                while (!stop.requested()) {
                    Thread.onSpinWait();
                }
                System.out.println("asked");
                in.readLine();
                System.out.println("saved");
                stop.finished(StopSignal.EXIT_CODE);
            }
        }
    }

    private record Running(Process process, BufferedReader out) implements AutoCloseable {
        static Running start() throws IOException {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Steps.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Running running = new Running(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
            assertEquals("in a step", running.out.readLine());
            return running;
        }

        void signal(String name) throws IOException, InterruptedException {
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor());
        }

        int exitCode() throws InterruptedException {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** A shell lets its background jobs ignore Ctrl-C, and what they start inherits that. */
    private static void assumeHeard(String name) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (name.equals("INT") && Files.exists(status)) {
            String ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring("SigIgn:".length()).strip())
                    .findFirst()
                    .orElseThrow();
            long mask = Long.parseUnsignedLong(ignored, 16);
            Assumptions.assumeTrue((mask & 1 << INTERRUPT - 1) == 0, "SIGINT is ignored where this test runs");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM", "INT"})
    void oneSignalWaitsForTheStep(String name) throws IOException, InterruptedException {
        assumeHeard(name);
        try (Running running = Running.start()) {
            running.signal(name);
            assertEquals("asked", running.out.readLine());
            assertFalse(running.process.waitFor(300, TimeUnit.MILLISECONDS));
            running.process.outputWriter().write("\n");
            running.process.outputWriter().flush();
            assertEquals("saved", running.out.readLine());
            assertEquals(75, running.exitCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, TERM, 143", "INT, INT, 130", "TERM, INT, 130"})
    void aSecondOneEndsTheProcessAtOnce(String first, String second, int code)
            throws IOException, InterruptedException {
        assumeHeard(first);
        assumeHeard(second);
        try (Running running = Running.start()) {
            running.signal(first);
            assertEquals("asked", running.out.readLine());
            Thread.sleep(700);
            running.signal(second);
            assertEquals(code, running.exitCode());
        }
    }

    @Test
    void aRequestFromInsideNeedsNoSignal() {
        try (StopSignal stop = new StopSignal()) {
            assertFalse(stop.requested());
            stop.request();
            assertTrue(stop.requested());
        }
    }
}
