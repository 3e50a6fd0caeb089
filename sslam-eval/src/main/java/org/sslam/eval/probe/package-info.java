/** Linear probes on frozen features: standardisation, logistic regression with L2, one fold left out at a time. */
package org.sslam.eval.probe;
