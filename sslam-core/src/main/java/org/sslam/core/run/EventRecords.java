package org.sslam.core.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The framing of TensorFlow's record files, little endian:
 *
 * <pre>
 * uint64 length | uint32 masked CRC of these 8 bytes | data | uint32 masked CRC of the data
 * mask(crc) = rotate right by 15, plus 0xa282ead8;   CRC-32C (Castagnoli)
 * </pre>
 */
final class EventRecords {
    private static final int LENGTH_BYTES = 8;
    private static final int CRC_BYTES = 4;
    private static final int MASK_ROTATION = 15;
    private static final int MASK_DELTA = 0xA282EAD8;

    private EventRecords() {}

    static byte[] frame(byte[] data) {
        ByteBuffer record =
                ByteBuffer.allocate(LENGTH_BYTES + data.length + 2 * CRC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), LENGTH_BYTES));
        record.put(data);
        record.putInt(maskedCrc(data, data.length));
        return record.array();
    }

    static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
    }
}
