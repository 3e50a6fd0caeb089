package org.sslam.eval.cli;

import picocli.CommandLine.Command;

/** {@code sslam data ...}. */
@Command(
        name = "data",
        description = "Check, measure, prepare, pack and make data sets.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            DataVerifyVerb.class,
            DataStatsVerb.class,
            DataPrepareVerb.class,
            DataPackVerb.class,
            DataMixVerb.class,
            DataSynthVerb.class,
            DataPolyphonyVerb.class
        },
        footer = {"", "Example: sslam data verify sounds/labels.csv"})
final class DataVerbs extends VerbGroup {}
