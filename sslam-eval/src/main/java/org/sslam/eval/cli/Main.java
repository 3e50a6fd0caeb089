package org.sslam.eval.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * Entry of {@code sslam}: reads the command line, runs the verb and ends with its exit code.
 *
 * <p>Exit codes: {@value #OK} done, {@value #FAILED} failed, {@value #USAGE} the command line was wrong; a verb may add
 * its own.
 */
public final class Main {
    /** The verb did what was asked. */
    public static final int OK = 0;
    /** The verb failed; one line on the error stream says why. */
    public static final int FAILED = 1;
    /** The command line cannot be understood. */
    public static final int USAGE = 2;

    private static final int HELP_WIDTH = 100;

    /** No network, no usage tracking, no chatter of the engine, no display; each unless the caller chose otherwise. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "ai.djl.offline", "true",
            "OPT_OUT_TRACKING", "true",
            "org.slf4j.simpleLogger.log.ai.djl", "error",
            "java.awt.headless", "true");

    private Main() {}

    /** Runs and exits. */
    public static void main(String[] args) {
        Charset charset = Charset.defaultCharset();
        int code = run(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset), args);
        System.exit(code);
    }

    /**
     * Runs one command line without ending the process.
     *
     * @param out results
     * @param err error lines and progress
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        Failures failures = new Failures(List.of(args).contains(Verb.DEBUG));
        try {
            return commandLine(failures).setOut(out).setErr(err).execute(args);
        } catch (LinkageError | VirtualMachineError e) {
            return failures.failed(err, e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The whole tree of verbs. */
    static CommandLine commandLine(Failures failures) {
        return new CommandLine(new Sslam())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }
}
