package org.sslam.eval.cli;

import com.google.common.base.Throwables;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.core.config.Suggestions;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line {@code sslam: ...} and an exit code; the trace follows only with --debug. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final boolean debug;

    /** @param debug whether stack traces are wanted */
    Failures(boolean debug) {
        this.debug = debug;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return failed(command.getErr(), failure);
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        String line = mistake instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : decapitalized(mistake.getMessage());
        String help = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
        report(command.getErr(), line + "; " + help, mistake);
        return Main.USAGE;
    }

    /** Reports what ended a verb; also for errors of the virtual machine, such as memory used up. */
    int failed(PrintWriter err, Throwable failure) {
        String line;
        if (failure instanceof UserException) {
            line = failure.getMessage();
        } else if (Throwables.getRootCause(failure) instanceof OutOfMemoryError) {
            line = "out of memory: " + failure.getMessage() + " ("
                    + "give Java more with SSLAM_HEAP=4g, lower the batch size, or cut very long clips)";
        } else {
            line = failure.getClass().getName() + ": " + failure.getMessage()
                    + (debug ? "" : "; run again with " + Verb.DEBUG + " for the trace");
        }
        report(err, line, failure);
        return Main.FAILED;
    }

    private void report(PrintWriter err, String line, Throwable failure) {
        err.println("sslam: " + line.replaceAll("\\s*\\R\\s*", " "));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        String word = mistake.getUnmatched().get(0);
        String kind = mistake.isUnknownOption() ? "unknown option" : "unexpected word";
        String meant = Suggestions.nearest(word, known(mistake.getCommandLine().getCommandSpec()))
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
        return kind + " '" + word + "'" + meant;
    }

    private static Set<String> known(CommandSpec command) {
        Set<String> known = new HashSet<>(command.subcommands().keySet());
        known.addAll(command.optionsMap().keySet());
        return known;
    }

    private static String decapitalized(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
