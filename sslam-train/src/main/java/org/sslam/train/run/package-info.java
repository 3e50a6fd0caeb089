/** A pre-training run as a whole: from a configuration to a run folder with checkpoints, curves and an encoder. */
package org.sslam.train.run;
