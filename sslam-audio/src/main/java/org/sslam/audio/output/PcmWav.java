package org.sslam.audio.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a mono WAV file with 16-bit samples. */
public final class PcmWav {
    private static final int HEADER_BYTES = 44;

    private PcmWav() {}

    /**
     * Encodes samples; those beyond [-1, 1] are clipped.
     *
     * @param samples mono, full scale 1
     */
    public static byte[] encode(float[] samples, int sampleRateHz) {
        return encode(quantised(samples), sampleRateHz);
    }

    /** Encodes samples as they are. */
    public static byte[] encode(short[] samples, int sampleRateHz) {
        int dataBytes = 2 * samples.length;
        ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(sampleRateHz).putInt(2 * sampleRateHz).putShort((short) 2).putShort((short) 16);
        wav.put(ascii("data")).putInt(dataBytes);
        for (short value : samples) {
            wav.putShort(value);
        }
        return wav.array();
    }

    /** The nearest 16-bit samples; those beyond [-1, 1] are clipped. */
    public static short[] quantised(float[] samples) {
        short[] values = new short[samples.length];
        for (int i = 0; i < values.length; i++) {
            int value = Math.round(samples[i] * 32768f);
            values[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
        }
        return values;
    }

    /** How many samples {@link #quantised} clips: those beyond [-1, 1]. */
    public static int clipped(float[] samples) {
        int count = 0;
        for (float sample : samples) {
            count += Math.abs(sample) > 1 ? 1 : 0;
        }
        return count;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
