/** Randomness as a pure function of a seed, a purpose and indices, and the distributions drawn from it. */
package org.sslam.core.random;
