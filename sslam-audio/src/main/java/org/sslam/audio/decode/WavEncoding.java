package org.sslam.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The uncompressed sample encodings of WAV; integers are scaled by their full range, floats are taken as they are. */
enum WavEncoding {
    PCM8(1) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            return ((buffer.get(at) & 0xFF) - 128) / 128f;
        }
    },
    PCM16(2) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            return buffer.getShort(at) / 32768f;
        }
    },
    PCM24(3) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            boolean little = buffer.order() == ByteOrder.LITTLE_ENDIAN;
            int high = buffer.get(little ? at + 2 : at);
            int low = buffer.get(little ? at : at + 2) & 0xFF;
            return ((high << 16) | ((buffer.get(at + 1) & 0xFF) << 8) | low) / 8388608f;
        }
    },
    PCM32(4) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            return buffer.getInt(at) / 2147483648f;
        }
    },
    FLOAT32(4) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            return buffer.getFloat(at);
        }
    },
    FLOAT64(8) {
        @Override
        float sample(ByteBuffer buffer, int at) {
            return (float) buffer.getDouble(at);
        }
    };

    private static final int TAG_PCM = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_EXTENSIBLE = 0xFFFE;

    private final int bytes;

    WavEncoding(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** The sample at byte {@code at} of {@code buffer}, whose byte order is the file's. */
    abstract float sample(ByteBuffer buffer, int at);

    /**
     * The encoding that a format chunk states; empty for compressed ones. Odd bit depths (12, 20) lie left-aligned in
     * the next whole number of bytes, so that their scale is the container's.
     */
    static Optional<WavEncoding> of(int tag, int bits, ByteBuffer format) {
        int kind = tag == TAG_EXTENSIBLE && format.limit() >= 26 ? format.getShort(24) & 0xFFFF : tag;
        int width = (bits + 7) / 8;
        for (WavEncoding encoding : values()) {
            boolean isFloat = encoding == FLOAT32 || encoding == FLOAT64;
            if (encoding.bytes == width && kind == (isFloat ? TAG_FLOAT : TAG_PCM)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
