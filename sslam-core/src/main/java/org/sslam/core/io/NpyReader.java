package org.sslam.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.UserException;

/**
 * Reads single rows of a table of numbers in NumPy's format: two dimensions, float32 or float16, little-endian, row after
 * row.
 *
 * <p>Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
 */
public final class NpyReader implements AutoCloseable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int FIXED_BYTES = MAGIC.length + 2 + Short.BYTES;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '(<f[24])', 'fortran_order': False, 'shape': \\((\\d{1,10}), (\\d{1,10})\\), *} *\n");

    private final Path path;
    private final FileChannel channel;
    private final boolean half;
    private final long rows;
    private final int columns;
    private final long dataStart;

    private NpyReader(Path path, FileChannel channel, boolean half, long rows, int columns, long dataStart) {
        this.path = path;
        this.channel = channel;
        this.half = half;
        this.rows = rows;
        this.columns = columns;
        this.dataStart = dataStart;
    }

    /**
     * Opens a file.
     *
     * @throws UserException if it is missing or something else
     */
    public static NpyReader open(Path path) {
        FileChannel channel = null;
        NpyReader opened = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            opened = open(path, channel);
            return opened;
        } catch (IOException e) {
            throw IoErrors.cannotRead(path, e);
        } finally {
            if (opened == null && channel != null) {
                close(path, channel);
            }
        }
    }

    private static NpyReader open(Path path, FileChannel channel) throws IOException {
        ByteBuffer fixed = read(path, channel, 0, FIXED_BYTES);
        byte[] magic = new byte[MAGIC.length];
        fixed.get(magic);
        if (!Arrays.equals(magic, MAGIC) || fixed.getShort() != 1) {
            throw refused(path, "it does not begin as a NumPy file of format 1.0");
        }
        int headerBytes = fixed.getShort() & 0xFFFF;
        String text = StandardCharsets.US_ASCII
                .decode(read(path, channel, FIXED_BYTES, headerBytes))
                .toString();
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            throw refused(path, "its header is " + text.strip());
        }
        boolean half = header.group(1).equals("<f2");
        long rows = Long.parseLong(header.group(2));
        long columns = Long.parseLong(header.group(3));
        long dataStart = FIXED_BYTES + headerBytes;
        long expected = dataStart + rows * columns * (half ? Short.BYTES : Float.BYTES);
        if (columns > Integer.MAX_VALUE / Float.BYTES || channel.size() != expected) {
            throw refused(path, "it has " + channel.size() + " bytes, its header says " + expected);
        }
        return new NpyReader(path, channel, half, rows, (int) columns, dataStart);
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** Numbers in a row. */
    public int columns() {
        return columns;
    }

    /**
     * One row.
     *
     * @param row 0 to {@code rows() - 1}
     */
    public float[] row(long row) {
        if (row < 0 || row >= rows) {
            throw new UserException(path + " has " + rows + " rows, not one of number " + row);
        }
        int bytes = columns * (half ? Short.BYTES : Float.BYTES);
        float[] values = new float[columns];
        try {
            ByteBuffer buffer = read(path, channel, dataStart + row * bytes, bytes);
            for (int i = 0; i < columns; i++) {
                values[i] = half ? Halves.fromF16(buffer.getShort()) : buffer.getFloat();
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(path, e);
        }
        return values;
    }

    @Override
    public void close() {
        close(path, channel);
    }

    private static ByteBuffer read(Path path, FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw refused(path, "it is cut short");
            }
        }
        return buffer.flip();
    }

    private static void close(Path path, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.cannotRead(path, e);
        }
    }

    private static UserException refused(Path path, String reason) {
        return new UserException(path + " is no table of float32 or float16 rows (" + reason.replaceAll("\\s+", " ")
                + "); make it again");
    }
}
