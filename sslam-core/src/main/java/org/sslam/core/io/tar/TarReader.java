package org.sslam.core.io.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Walks over the members of an archive: ustar, with pax's and GNU's long names and lengths.
 *
 * <p>Strict, since an archive may come from anywhere: wrong checksums, negative or overlong lengths, names that climb out
 * of the archive's folder, links and devices, a missing end mark are errors. Holds one header at a time; memory does not
 * grow with the archive. For one thread.
 *
 * <p>Source: POSIX.1-2001, pax interchange format.
 */
public final class TarReader {
    /** Names and numbers need no more; a larger one is an attack or damage. */
    private static final int LONGEST_EXTENSION = 1 << 16;

    private final SeekableByteChannel channel;
    private final long size;
    private final Map<String, String> global = new HashMap<>();
    private long position;
    private boolean ended;

    /** @param channel of the archive; stays the caller's to close */
    public TarReader(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * The next plain file; folders are passed over.
     *
     * @return empty at the end
     * @throws TarException if the archive is damaged or holds something else
     */
    public Optional<TarEntry> next() throws IOException {
        Map<String, String> extended = new HashMap<>(global);
        while (!ended) {
            long start = position;
            byte[] block = read(TarHeader.BLOCK, "a header");
            if (isZero(block)) {
                end();
                break;
            }
            TarHeader header = TarHeader.read(block, start);
            switch (header.type()) {
                case 'g' -> global.putAll(PaxRecords.read(extension(header, start), start));
                case 'x' -> extended.putAll(PaxRecords.read(extension(header, start), start));
                case 'L' -> {
                    byte[] name = extension(header, start);
                    extended.put("path", TarHeader.text(name, 0, name.length));
                }
                case '5' -> extended.clear();
                case '0', '7', 0 -> {
                    return Optional.of(entry(header, extended, start));
                }
                default ->
                    throw new TarException(start, "a member is no plain file but of type " + (header.type() & 0xFF));
            }
        }
        return Optional.empty();
    }

    private TarEntry entry(TarHeader header, Map<String, String> extended, long start) throws IOException {
        String name = extended.getOrDefault("path", header.name());
        Optional<String> problem = TarNames.problem(name);
        if (problem.isPresent()) {
            throw new TarException(start, problem.get());
        }
        long bytes = extended.containsKey("size") ? number(extended.get("size"), start) : header.bytes();
        long offset = position;
        skip(bytes, start, name);
        return new TarEntry(name, offset, bytes);
    }

    private static long number(String digits, long start) throws TarException {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new TarException(start, "a member's length is no number");
        }
        return Long.parseLong(digits);
    }

    private byte[] extension(TarHeader header, long start) throws IOException {
        if (header.bytes() > LONGEST_EXTENSION) {
            throw new TarException(start, "an extended header of " + header.bytes() + " bytes");
        }
        long offset = position;
        byte[] bytes = read((int) header.bytes(), "an extended header");
        position = offset;
        skip(bytes.length, start, "an extended header");
        return bytes;
    }

    private void skip(long bytes, long start, String what) throws TarException {
        long padded = (bytes + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
        if (padded > size - position) {
            throw new TarException(
                    start, "'" + what + "' has " + bytes + " bytes, but the archive ends before: it is cut short");
        }
        position += padded;
    }

    /** Two blocks of zeros; what follows is padding. */
    private void end() throws IOException {
        if (!isZero(read(TarHeader.BLOCK, "the second block of the end mark"))) {
            throw new TarException(position - TarHeader.BLOCK, "an end mark of one block");
        }
        ended = true;
    }

    private byte[] read(int bytes, String what) throws IOException {
        if (bytes > size - position) {
            throw new TarException(position, "the archive is cut short: " + what + " is missing");
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        channel.position(position);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new TarException(position, "the archive became shorter while it was read");
            }
        }
        position += bytes;
        return buffer.array();
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
