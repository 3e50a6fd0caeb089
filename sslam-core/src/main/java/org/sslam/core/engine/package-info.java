/** Starting libtorch, its devices and its grad mode. */
package org.sslam.core.engine;
