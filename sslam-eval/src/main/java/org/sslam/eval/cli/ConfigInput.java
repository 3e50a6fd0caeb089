package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which configuration a verb runs: one file, plain or after {@code --config}, then overrides {@code key.path=value}. */
public final class ConfigInput {
    private static final Pattern OVERRIDE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]+=.*", Pattern.DOTALL);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration file; the word --config may be left out")
    private Path named;

    @Parameters(
            paramLabel = "FILE KEY=VALUE",
            arity = "0..*",
            description = "configuration file, then overrides such as optimizer.learningRate=0.001")
    private List<String> words = new ArrayList<>();

    /**
     * Reads the file and lays the overrides over it.
     *
     * @throws ParameterException when there is no file or more than one
     */
    public ConfigTree load() {
        return Config.load(file(), overrides());
    }

    /** The configuration file. */
    public Path file() {
        List<String> files =
                words.stream().filter(word -> !OVERRIDE.matcher(word).matches()).toList();
        boolean isNamed = named != null;
        if (files.isEmpty() && !isNamed) {
            throw usage("Name a configuration file");
        }
        if (files.size() > (isNamed ? 0 : 1)) {
            String extra = files.get(files.size() - 1);
            throw usage("'" + extra + "' is not KEY=VALUE, and the configuration file is "
                    + (isNamed ? named : files.get(0)) + ": to override a key, write " + extra + "=VALUE");
        }
        return isNamed ? named : Path.of(files.get(0));
    }

    /** The overrides, in the order of the command line. */
    public List<String> overrides() {
        return words.stream().filter(word -> OVERRIDE.matcher(word).matches()).toList();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
