/** Timed jobs with results as one JSON line, comparable with the same job elsewhere. */
package org.sslam.eval.bench;
