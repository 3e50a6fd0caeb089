package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Builds WAV files for tests, sound or deliberately wrong. */
final class WavFile {
    private String form = "RIFF";
    private int tag = 1;
    private int channels = 1;
    private int rateHz = 16000;
    private int bits = 16;
    private boolean extensible;
    private Long statedDataBytes;
    private Long ds64DataBytes;
    private byte[] data = new byte[0];
    private byte[] before = new byte[0];
    private byte[] after = new byte[0];

    WavFile form(String value) {
        form = value;
        return this;
    }

    WavFile format(int formatTag, int bitsPerSample) {
        tag = formatTag;
        bits = bitsPerSample;
        return this;
    }

    WavFile channels(int value) {
        channels = value;
        return this;
    }

    WavFile rate(int value) {
        rateHz = value;
        return this;
    }

    WavFile extensible() {
        extensible = true;
        return this;
    }

    WavFile statedDataBytes(long value) {
        statedDataBytes = value;
        return this;
    }

    WavFile ds64DataBytes(long value) {
        ds64DataBytes = value;
        return this;
    }

    WavFile chunkBefore(String id, byte[] body) {
        before = chunk(id, body);
        return this;
    }

    WavFile bytesAfter(byte[] value) {
        after = value;
        return this;
    }

    ByteOrder order() {
        return form.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Interleaved samples in [-1, 1], encoded as the format says. */
    WavFile samples(float... interleaved) {
        int bytes = (bits + 7) / 8;
        ByteBuffer buffer = ByteBuffer.allocate(interleaved.length * bytes).order(order());
        BiConsumer<ByteBuffer, Float> put = encoder();
        for (float sample : interleaved) {
            put.accept(buffer, sample);
        }
        data = buffer.array();
        return this;
    }

    private BiConsumer<ByteBuffer, Float> encoder() {
        if (tag == 3) {
            return bits == 32 ? ByteBuffer::putFloat : (b, x) -> b.putDouble(x);
        }
        return switch ((bits + 7) / 8) {
            case 1 -> (b, x) -> b.put((byte) (Math.round(x * 127) + 128));
            case 2 -> (b, x) -> b.putShort((short) Math.round(x * 32767));
            case 3 ->
                (b, x) -> {
                    int value = (int) Math.round(x * 8388607.0);
                    byte[] little = {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
                    boolean swap = b.order() == ByteOrder.BIG_ENDIAN;
                    b.put(swap ? little[2] : little[0]).put(little[1]).put(swap ? little[0] : little[2]);
                };
            default -> (b, x) -> b.putInt((int) Math.round(x * 2147483647.0));
        };
    }

    byte[] bytes() {
        byte[] format = format();
        byte[] ds64 = ds64DataBytes == null ? new byte[0] : ds64();
        int pad = data.length & 1;
        ByteBuffer out = ByteBuffer.allocate(
                        12 + ds64.length + before.length + 8 + format.length + 8 + data.length + pad + after.length)
                .order(order());
        out.put(ascii(form)).putInt(out.capacity() - 8).put(ascii("WAVE"));
        out.put(ds64).put(before);
        out.put(ascii("fmt ")).putInt(format.length).put(format);
        out.put(ascii("data")).putInt((int) (statedDataBytes == null ? data.length : statedDataBytes.longValue()));
        out.put(data).put(new byte[pad]).put(after);
        return out.array();
    }

    private byte[] format() {
        int block = channels * ((bits + 7) / 8);
        ByteBuffer format = ByteBuffer.allocate(extensible ? 40 : 16).order(order());
        format.putShort((short) (extensible ? 0xFFFE : tag))
                .putShort((short) channels)
                .putInt(rateHz);
        format.putInt(rateHz * block).putShort((short) block).putShort((short) bits);
        if (extensible) {
            format.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) tag);
        }
        return format.array();
    }

    private byte[] ds64() {
        ByteBuffer body = ByteBuffer.allocate(28).order(order());
        body.putLong(0).putLong(ds64DataBytes).putLong(0).putInt(0);
        return chunk("ds64", body.array());
    }

    private byte[] chunk(String id, byte[] body) {
        int pad = body.length & 1;
        return ByteBuffer.allocate(8 + body.length + pad)
                .order(order())
                .put(ascii(id))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
