package org.sslam.eval.cli;

/** A verb that only leads to others; alone it is a usage error that names them. */
abstract class VerbGroup extends Verb {
    @Override
    public final Integer call() {
        throw usage("Name one of: " + String.join(", ", spec().subcommands().keySet()));
    }
}
