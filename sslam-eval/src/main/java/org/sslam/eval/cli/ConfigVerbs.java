package org.sslam.eval.cli;

import picocli.CommandLine.Command;

/** {@code sslam config ...}. */
@Command(
        name = "config",
        description = "Show, check and explain configurations.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {ConfigShowVerb.class, ConfigCheckVerb.class, ConfigReferenceVerb.class},
        footer = {"", "Example: sslam config check configs/sslam/*.yaml"})
final class ConfigVerbs extends VerbGroup {}
