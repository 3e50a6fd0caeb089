/** The training loop: steps, guards, checkpoints, exact resume. */
package org.sslam.train.loop;
