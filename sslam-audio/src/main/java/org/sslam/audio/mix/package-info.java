/**
 * Partial and full mixing of the clips of a batch with each other, as in the second stage of SSLAM.
 *
 * <p>Source: SSLAM paper, section 3.2 (partial mixing) and table 10 (mixing kinds).
 */
package org.sslam.audio.mix;
