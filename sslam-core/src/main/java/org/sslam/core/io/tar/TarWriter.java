package org.sslam.core.io.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes an archive of plain files whose bytes are a function of names and contents alone: no owners, no times.
 *
 * <p>The SHA-256 of the whole archive comes for free. For one thread.
 *
 * <p>Source: POSIX.1-1988, ustar.
 */
public final class TarWriter {
    private final WritableByteChannel channel;
    private final MessageDigest digest;
    private long position;

    /** @param channel stays the caller's to close */
    public TarWriter(WritableByteChannel channel) {
        this.channel = channel;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Bytes that a member of this length takes, its header and padding included. */
    public static long space(long bytes) {
        return TarHeader.BLOCK + (bytes + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
    }

    /**
     * Appends a file.
     *
     * @param name relative, at most 100 ASCII characters
     * @return where it lies
     * @throws IllegalArgumentException for any other name
     */
    public TarEntry add(String name, byte[] content) throws IOException {
        write(TarHeader.write(name, content.length));
        TarEntry entry = new TarEntry(name, position, content.length);
        write(content);
        int rest = content.length % TarHeader.BLOCK;
        if (rest > 0) {
            write(new byte[TarHeader.BLOCK - rest]);
        }
        return entry;
    }

    /** Writes the end mark; nothing may be added after it. */
    public void finish() throws IOException {
        write(new byte[2 * TarHeader.BLOCK]);
    }

    /** Bytes written so far. */
    public long bytes() {
        return position;
    }

    /** SHA-256 of everything written, in hexadecimal; to be asked for once, at the end. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        digest.update(bytes);
        position += bytes.length;
    }
}
