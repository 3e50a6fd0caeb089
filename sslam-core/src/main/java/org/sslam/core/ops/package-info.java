/** Operators that the array API lacks, as a scripted pack and as its plain-array twin. */
package org.sslam.core.ops;
