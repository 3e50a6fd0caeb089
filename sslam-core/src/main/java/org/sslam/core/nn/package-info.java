/** Modules with named parameters: forward methods from array to array, names as in the published checkpoints. */
package org.sslam.core.nn;
