package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Format and place of the samples of a RIFF, RIFX (big-endian), RF64 or BW64 file.
 *
 * <p>Length fields of recorders that crashed or streamed are often wrong: a data chunk is cut at the end of the file,
 * and runs to it when its stated length is 0, all ones, or followed by bytes that begin no chunk.
 *
 * @param order byte order of the samples
 * @param encoding the samples' encoding; empty where it is none of {@link WavEncoding}
 * @param channels number of channels as stated, possibly 0
 * @param sampleRateHz rate as stated
 * @param dataStart position of the first sample in the file
 * @param dataBytes usable bytes of samples
 */
record WavHeader(
        ByteOrder order,
        Optional<WavEncoding> encoding,
        int channels,
        long sampleRateHz,
        long dataStart,
        long dataBytes) {
    private static final long UNKNOWN_LENGTH = 0xFFFF_FFFFL;
    private static final int FORMAT_BYTES = 40;
    /** More are no recorder's work; each costs a look at the disk. */
    private static final int MOST_CHUNKS = 10_000;

    /** Whether the first twelve bytes of a file are those of a WAV file. */
    static boolean isWav(ByteBuffer first) {
        if (first.remaining() < 4) {
            return false;
        }
        String form = id(first, 0);
        boolean riff = form.equals("RIFF") || form.equals("RIFX") || form.equals("RF64") || form.equals("BW64");
        return riff && (first.remaining() < 12 || id(first, 8).equals("WAVE"));
    }

    static WavHeader read(Path file, SoundBytes source) throws IOException, AudioException {
        ByteBuffer form = bytes(source, 0, 12, ByteOrder.LITTLE_ENDIAN);
        ByteOrder order =
                form.limit() >= 4 && id(form, 0).equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long size = source.size();
        long longDataBytes = -1;
        ByteBuffer format = null;
        long at = 12;
        for (int chunks = 0; at + 8 <= size; chunks++) {
            if (chunks == MOST_CHUNKS) {
                throw new AudioException(file, "more than " + MOST_CHUNKS + " chunks before its samples");
            }
            ByteBuffer chunk = bytes(source, at, 8, order);
            String id = id(chunk, 0);
            long length = chunk.getInt(4) & UNKNOWN_LENGTH;
            long body = at + 8;
            if (id.equals("ds64")) {
                ByteBuffer sizes = bytes(source, body, 16, order);
                longDataBytes = sizes.limit() == 16 ? sizes.getLong(8) : -1;
            } else if (id.equals("fmt ")) {
                format = bytes(source, body, (int) Math.min(length, FORMAT_BYTES), order);
            } else if (id.equals("data")) {
                if (format == null) {
                    throw new AudioException(file, "WAV data before its format chunk");
                }
                long stated = length == UNKNOWN_LENGTH && longDataBytes >= 0 ? longDataBytes : length;
                return of(file, order, format, body, usable(source, body, stated, order));
            }
            at = nextChunk(source, body, length);
        }
        throw new AudioException(
                file, format == null ? "truncated WAV header: no format chunk" : "truncated WAV file: no data chunk");
    }

    private static WavHeader of(Path file, ByteOrder order, ByteBuffer format, long start, long length)
            throws AudioException {
        if (format.limit() < 16) {
            throw new AudioException(file, "truncated WAV format chunk");
        }
        int tag = format.getShort(0) & 0xFFFF;
        int channels = format.getShort(2) & 0xFFFF;
        long rate = format.getInt(4) & UNKNOWN_LENGTH;
        int bits = format.getShort(14) & 0xFFFF;
        return new WavHeader(order, WavEncoding.of(tag, bits, format), channels, rate, start, length);
    }

    private static long usable(SoundBytes source, long start, long stated, ByteOrder order) throws IOException {
        long available = source.size() - start;
        if (stated > available || stated == UNKNOWN_LENGTH || stated < 0) {
            return available;
        }
        long rest = available - stated;
        boolean ends = rest < 8
                || beginsChunk(source, start + stated, order)
                || beginsChunk(source, start + stated + 1, order);
        return ends ? stated : available;
    }

    /** Chunks begin at even offsets, but some writers forget the padding byte. */
    private static long nextChunk(SoundBytes source, long body, long length) throws IOException {
        long end = body + length;
        if ((length & 1) == 0) {
            return end;
        }
        ByteBuffer peek = bytes(source, end, 4, ByteOrder.LITTLE_ENDIAN);
        return peek.limit() == 4 && isPrintable(peek) ? end : end + 1;
    }

    /** A printable name, or zeros: padding of the file, not sound. */
    private static boolean beginsChunk(SoundBytes source, long at, ByteOrder order) throws IOException {
        ByteBuffer name = bytes(source, at, 4, order);
        return name.limit() < 4 || name.getInt(0) == 0 || isPrintable(name);
    }

    private static boolean isPrintable(ByteBuffer name) {
        for (int i = 0; i < 4; i++) {
            if (name.get(i) < 0x20 || name.get(i) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer bytes(SoundBytes source, long at, int count, ByteOrder order) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(order);
        AudioDecoders.readFully(source, buffer, at);
        return buffer;
    }

    private static String id(ByteBuffer buffer, int at) {
        return new String(buffer.array(), at, 4, StandardCharsets.ISO_8859_1);
    }
}
