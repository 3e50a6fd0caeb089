package org.sslam.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.sslam.core.UserException;

/**
 * An open file of tensors, mapped into memory: once as a whole below 2 GiB, one mapping a tensor above.
 *
 * <p>Buffers stay readable after {@link #close}. The file must not be cut short while it is open.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final SafetensorsHeader header;
    private ByteBuffer whole;

    SafetensorsFile(Path file, FileChannel channel, long dataStart, SafetensorsHeader header) {
        this.file = file;
        this.channel = channel;
        this.dataStart = dataStart;
        this.header = header;
    }

    /** The file that was opened. */
    public Path path() {
        return file;
    }

    /** Names of the tensors, in the order of their bytes. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    /** Free text that the file's writer left. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /**
     * Type, shape and place of a tensor.
     *
     * @throws UserException if the file has no such tensor
     */
    public TensorInfo info(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw new UserException(file + " has no tensor '" + name + "'; it holds "
                    + header.tensors().size() + " others, is it the file of another model?");
        }
        return info;
    }

    /**
     * The bytes of a tensor below 2 GiB: a read-only, little-endian view of the file.
     *
     * @throws UserException if the file has no such tensor or it is too large for one buffer
     */
    public synchronized ByteBuffer bytes(String name) {
        TensorInfo info = info(name);
        if (info.bytes() > Integer.MAX_VALUE) {
            throw new UserException(
                    file + ": tensor '" + name + "' has " + info.bytes() + " bytes, more than 2 GiB; split it");
        }
        try {
            return view(info).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    /** The values of a tensor of any type as float32, row-major; BOOL as 0 and 1. */
    public float[] floats(String name) {
        ByteBuffer bytes = bytes(name);
        DType dtype = info(name).dtype();
        float[] values = new float[bytes.remaining() / dtype.bytes()];
        switch (dtype) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F64 -> fill(values, i -> (float) bytes.getDouble());
            case F16 -> fill(values, i -> Halves.fromF16(bytes.getShort()));
            case BF16 -> fill(values, i -> Halves.fromBF16(bytes.getShort()));
            default -> fill(values, i -> integer(bytes, dtype));
        }
        return values;
    }

    /**
     * The values of an integer or BOOL tensor, row-major.
     *
     * @throws IllegalArgumentException for a tensor of floating-point numbers
     */
    public long[] longs(String name) {
        ByteBuffer bytes = bytes(name);
        DType dtype = info(name).dtype();
        long[] values = new long[bytes.remaining() / dtype.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(bytes, dtype);
        }
        return values;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    private ByteBuffer view(TensorInfo info) throws IOException {
        if (info.bytes() == 0) {
            return ByteBuffer.allocate(0).asReadOnlyBuffer();
        }
        if (channel.isOpen() && channel.size() > Integer.MAX_VALUE) {
            return channel.map(FileChannel.MapMode.READ_ONLY, dataStart + info.begin(), info.bytes());
        }
        if (whole == null) {
            whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        return whole.slice((int) (dataStart + info.begin()), (int) info.bytes());
    }

    private static long integer(ByteBuffer bytes, DType dtype) {
        return switch (dtype) {
            case I64 -> bytes.getLong();
            case I32 -> bytes.getInt();
            case I16 -> bytes.getShort();
            case I8 -> bytes.get();
            case U8 -> bytes.get() & 0xFF;
            case BOOL -> bytes.get() == 0 ? 0 : 1;
            default -> throw new IllegalArgumentException("a tensor of " + dtype + " holds no integers");
        };
    }

    private interface NextFloat {
        float at(int index);
    }

    private static void fill(float[] values, NextFloat next) {
        for (int i = 0; i < values.length; i++) {
            values[i] = next.at(i);
        }
    }
}
