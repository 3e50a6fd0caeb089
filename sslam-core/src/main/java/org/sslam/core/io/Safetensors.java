package org.sslam.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sslam.core.UserException;

/**
 * Opens files of named tensors: 8 bytes of header length, a JSON header, then the tensors' bytes without a gap.
 *
 * <p>Source: the safetensors format description.
 */
public final class Safetensors {
    static final int LENGTH_BYTES = 8;
    static final long MAX_HEADER_BYTES = 100_000_000;

    private Safetensors() {}

    /**
     * Opens a file and checks its header; data is mapped when asked for.
     *
     * @throws UserException if the file cannot be read or anything in it contradicts the format
     */
    public static SafetensorsFile open(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + file + ": it is a folder; give a safetensors file");
        }
        FileChannel channel = null;
        SafetensorsFile opened = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw damaged(file, "it has only " + size + " bytes");
            }
            long headerBytes = read(channel, 0, LENGTH_BYTES).getLong();
            if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
                throw damaged(
                        file,
                        "its header claims " + Long.toUnsignedString(headerBytes) + " bytes, more than "
                                + MAX_HEADER_BYTES);
            }
            if (headerBytes > size - LENGTH_BYTES) {
                throw damaged(file, "its header claims " + headerBytes + " bytes, the file has " + size);
            }
            long dataStart = LENGTH_BYTES + headerBytes;
            byte[] text = read(channel, LENGTH_BYTES, (int) headerBytes).array();
            SafetensorsHeader header = SafetensorsHeader.parse(file, text, size - dataStart);
            opened = new SafetensorsFile(file, channel, dataStart, header);
            return opened;
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        } finally {
            if (opened == null && channel != null) {
                closeAfterFailure(file, channel);
            }
        }
    }

    static UserException damaged(Path file, String reason) {
        return new UserException(file + " is not a valid safetensors file: " + reason + "; get or save it again");
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static void closeAfterFailure(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }
}
