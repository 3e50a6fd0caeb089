/** The configuration of a run. */
package org.sslam.train.config;
