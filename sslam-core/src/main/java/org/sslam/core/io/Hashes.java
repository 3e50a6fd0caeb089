package org.sslam.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums in lower-case hexadecimal. */
public final class Hashes {
    private static final int BUFFER_BYTES = 1 << 18;

    private Hashes() {}

    /**
     * The sum of a file's bytes.
     *
     * @throws org.sslam.core.UserException if it cannot be read
     */
    public static String sha256(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The sum of these bytes. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
