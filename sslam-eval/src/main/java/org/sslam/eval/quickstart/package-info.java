/** The whole path from sound to a judged encoder in one call, on sounds it makes itself. */
package org.sslam.eval.quickstart;
