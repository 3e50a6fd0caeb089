/** Losses: one class a family, from outputs and targets to sums by name. */
package org.sslam.train.objective;
