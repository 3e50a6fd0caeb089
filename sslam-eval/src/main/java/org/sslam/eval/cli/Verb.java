package org.sslam.eval.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What every verb has: {@code --help}, {@code --debug}, its streams, and a way to refuse a command line.
 *
 * <p>A verb's {@link #call()} returns the exit code. A {@link org.sslam.core.UserException} becomes one line and exit
 * code 1, {@link #usage} one line and exit code 2; anything else is a programming error.
 */
public abstract class Verb implements Callable<Integer> {
    static final String DEBUG = "--debug";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    private boolean help;

    @Option(names = DEBUG, description = "on failure, show the stack trace too")
    private boolean debug;

    /** Where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where notices and progress go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The error of a command line that cannot be understood. */
    protected final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The verb's specification, for the names of its sub-verbs. */
    final CommandSpec spec() {
        return spec;
    }
}
