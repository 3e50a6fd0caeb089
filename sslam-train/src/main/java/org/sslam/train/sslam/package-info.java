/** SSLAM's pre-training, stages 1 and 2, with every variant and ablation of the paper as configuration. */
package org.sslam.train.sslam;
