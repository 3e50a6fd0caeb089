/** Summing gradients over processes. */
package org.sslam.train.distributed;
