/** Small PNG pictures of a run: loss curves, log-mel spectrograms, bars with errors. No display is needed. */
package org.sslam.eval.report;
