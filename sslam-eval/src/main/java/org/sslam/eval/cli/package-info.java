/** The command line {@code sslam VERB}: one class a verb, one place for exit codes and error lines. */
package org.sslam.eval.cli;
