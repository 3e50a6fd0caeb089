/** Files: atomic replacement, hashes, and tensors in the safetensors format. */
package org.sslam.core.io;
