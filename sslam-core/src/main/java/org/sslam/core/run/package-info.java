/** A run's folder and what is written there: where its numbers come from, its metrics, and its progress. */
package org.sslam.core.run;
