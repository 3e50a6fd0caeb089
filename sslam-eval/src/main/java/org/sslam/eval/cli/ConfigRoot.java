package org.sslam.eval.cli;

import org.sslam.train.config.RunConfig;

/** The one place that says which record a configuration file describes. */
final class ConfigRoot {
    static final Class<? extends Record> TYPE = RunConfig.class;

    private ConfigRoot() {}
}
