package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit codes and error lines, whatever the verb. */
class MainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "doctr|sslam: unexpected word 'doctr' (did you mean doctor?); see 'sslam --help'",
                "data verfy|sslam: unexpected word 'verfy' (did you mean verify?); see 'sslam data --help'",
                "doctor --devise cpu|sslam: unknown option '--devise' (did you mean --device?); see 'sslam doctor --help'",
                "doctor --device gpu99999999999|sslam: unknown device 'gpu99999999999'; use cpu, gpu0, gpu1 ...; see 'sslam doctor --help'",
                "data verify|sslam: missing required parameter: 'PATH'; see 'sslam data verify --help'",
                "data verify a b|sslam: unexpected word 'b'; see 'sslam data verify --help'",
                "data synth|sslam: missing required option: '--out=DIR'; see 'sslam data synth --help'",
                "data synth --out x --count many|sslam: invalid value for option '--count': 'many' is not an int; see 'sslam data synth --help'",
                "data|sslam: name one of: verify, stats, prepare, pack, mix, synth, polyphony; see 'sslam data --help'"
            })
    void usageErrorsAreOneLineAndTwo(String line, String expected) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertEquals(expected, run.err().strip());
        assertEquals(Main.USAGE, run.code());
        assertEquals("", run.out());
    }

    @Test
    void userMistakesAreOneLineAndOne() {
        CommandRun run = CommandRun.of("data", "verify", "no-such-folder");
        assertEquals(Main.FAILED, run.code());
        assertEquals(1, run.errLines().size());
        assertTrue(run.err().startsWith("sslam: "), run.err());
        assertTrue(run.err().contains("no-such-folder"), run.err());
    }

    @Test
    void debugAnywhereAddsTheTrace() {
        for (String[] line : new String[][] {
            {"--debug", "data", "verify", "no-such-folder"},
            {"data", "--debug", "verify", "no-such-folder"},
            {"data", "verify", "no-such-folder", "--debug"}
        }) {
            CommandRun run = CommandRun.of(line);
            assertEquals(Main.FAILED, run.code());
            assertTrue(run.errLines().get(0).startsWith("sslam: "), run.err());
            assertTrue(run.err().contains("\tat org.sslam."), run.err());
        }
    }

    @Test
    void unexpectedFailuresNameTheClassAndTheWayToTheTrace() {
        assertEquals(
                "sslam: java.lang.IllegalStateException: two lines; run again with --debug for the trace",
                failing(new IllegalStateException("two\n lines"), false).strip());
        String traced = failing(new IllegalStateException("boom"), true);
        assertTrue(traced.startsWith("sslam: java.lang.IllegalStateException: boom" + System.lineSeparator()), traced);
        assertTrue(traced.contains("\tat org.sslam.eval.cli.MainTest"), traced);
    }

    @Test
    void memoryThatIsUsedUpHasARemedy() {
        StringWriter err = new StringWriter();
        assertEquals(1, new Failures(false).failed(new PrintWriter(err), new OutOfMemoryError("Java heap space")));
        assertTrue(err.toString().contains("SSLAM_HEAP"), err.toString());
    }

    @Test
    void helpAndVersionSucceedOnTheOutputStream() {
        for (String line : new String[] {"--help", "data --help", "data synth -h", "config show --help", "--version"}) {
            CommandRun run = CommandRun.of(line.split(" "));
            assertEquals(Main.OK, run.code(), line);
            assertFalse(run.out().isBlank(), line);
            assertEquals("", run.err(), line);
        }
    }

    @Test
    void theEngineIsKeptQuietAndOffline() {
        CommandRun.of("--version");
        assertEquals("true", System.getProperty("ai.djl.offline"));
        assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
        assertEquals("error", System.getProperty("org.slf4j.simpleLogger.log.ai.djl"));
        assertEquals("true", System.getProperty("java.awt.headless"));
    }

    private static String failing(RuntimeException failure, boolean debug) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Failing(failure))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new Failures(debug))
                .execute();
        assertEquals(Main.FAILED, code);
        return err.toString();
    }

    @Command(name = "failing")
    private record Failing(RuntimeException failure) implements Runnable {
        @Override
        public void run() {
            throw failure;
        }
    }
}
