/**
 * From a source of clips to an endless stream of batches: parallel, bounded in memory, and a pure function of seed and
 * position whatever the number of threads or ranks.
 */
package org.sslam.audio.load;
