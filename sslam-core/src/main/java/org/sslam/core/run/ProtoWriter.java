package org.sslam.core.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Protocol-buffer wire encoding of the field types that event files use. */
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int PAYLOAD_BITS = 7;
    private static final int CONTINUES = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoWriter varint(int field, long value) {
        key(field, VARINT);
        raw(value);
        return this;
    }

    ProtoWriter fixed64(int field, double value) {
        key(field, FIXED64);
        out.writeBytes(little(Double.BYTES).putDouble(value).array());
        return this;
    }

    ProtoWriter fixed32(int field, float value) {
        key(field, FIXED32);
        out.writeBytes(little(Float.BYTES).putFloat(value).array());
        return this;
    }

    ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private ProtoWriter bytes(int field, byte[] value) {
        key(field, LENGTH_DELIMITED);
        raw(value.length);
        out.writeBytes(value);
        return this;
    }

    private void key(int field, int type) {
        raw((long) field << TYPE_BITS | type);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~(CONTINUES - 1L)) != 0) {
            out.write((int) rest & (CONTINUES - 1) | CONTINUES);
            rest >>>= PAYLOAD_BITS;
        }
        out.write((int) rest);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
