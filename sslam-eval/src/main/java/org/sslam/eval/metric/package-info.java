/** Figures of merit of a finished evaluation: average precision, AUC, d', accuracy, confusion matrix. */
package org.sslam.eval.metric;
