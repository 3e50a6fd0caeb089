package org.sslam.eval.cli;

import picocli.CommandLine.Command;

/** {@code sslam data ...}. */
@Command(
        name = "data",
        description = "Check, measure and make data sets.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {DataVerifyVerb.class, DataStatsVerb.class, DataSynthVerb.class},
        footer = {"", "Example: sslam data verify sounds/labels.csv"})
final class DataVerbs extends VerbGroup {}
