package org.sslam.eval.cli;

import org.sslam.core.config.Config;
import picocli.CommandLine.Command;

/** {@code sslam config reference}: every key with type, default and meaning. */
@Command(
        name = "reference",
        description = "Print every key of a configuration with its type, default and meaning, as a Markdown table.",
        footer = {"", "Example: sslam config reference"})
final class ConfigReferenceVerb extends Verb {
    @Override
    public Integer call() {
        out().print(Config.reference(ConfigRoot.TYPE));
        return Main.OK;
    }
}
