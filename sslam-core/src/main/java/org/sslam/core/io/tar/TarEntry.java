package org.sslam.core.io.tar;

/**
 * A plain file inside an archive.
 *
 * @param name with '/' between folders; relative and without {@code ..}
 * @param offset of its first byte in the archive
 * @param bytes its length
 */
public record TarEntry(String name, long offset, long bytes) {}
