/** Objectives, optimisers and the training loop. */
package org.sslam.train;
