/** Fixtures of numbers that other implementations computed, found in the test resources or in a given folder. */
package org.sslam.core.golden;
