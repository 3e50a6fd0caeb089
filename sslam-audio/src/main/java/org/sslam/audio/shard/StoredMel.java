package org.sslam.audio.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.io.Halves;

/**
 * A clip's log-mel beside its sound: {@code KEY.mel.npy}, shape (frames, bins), IEEE half precision, neither fitted to a
 * length nor normalised.
 *
 * <p>Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays", format 1.0.
 */
public final class StoredMel {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int HEADER_BYTES = 128;
    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '<f2', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), *} *\n");
    /** All 65,536 half-precision numbers: looking one up is quicker than working it out. */
    private static final float[] VALUES = new float[1 << 16];

    static {
        for (int bits = 0; bits < VALUES.length; bits++) {
            VALUES[bits] = Halves.fromF16((short) bits);
        }
    }

    private StoredMel() {}

    /** The bytes of the NPY file. */
    public static byte[] encode(float[] melTF, int bins) {
        ByteBuffer npy =
                ByteBuffer.allocate(HEADER_BYTES + melTF.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        String shape =
                "{'descr': '<f2', 'fortran_order': False, 'shape': (" + melTF.length / bins + ", " + bins + "), }";
        npy.put(MAGIC).putShort((short) (HEADER_BYTES - MAGIC.length - Short.BYTES));
        npy.put(shape.getBytes(StandardCharsets.US_ASCII));
        while (npy.position() < HEADER_BYTES - 1) {
            npy.put((byte) ' ');
        }
        npy.put((byte) '\n');
        for (float value : melTF) {
            npy.putShort(Halves.toF16(value));
        }
        return npy.array();
    }

    /**
     * The log-mel of a clip.
     *
     * @param sound path of the clip's sound inside its shard
     * @param bins that it must have
     * @return (frames, bins), row-major
     * @throws IOException if there is none, it is damaged or of another shape
     */
    public static float[] read(Path sound, int bins) throws IOException {
        String name = sound.getFileName().toString();
        int dot = name.indexOf('.');
        String key = dot < 0 ? name : name.substring(0, dot);
        return decode(
                ShardMembers.at(sound.resolveSibling(ShardClip.melName(key))).read(), bins);
    }

    static float[] decode(byte[] bytes, int bins) throws IOException {
        int fixed = MAGIC.length + Short.BYTES;
        ByteBuffer npy = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < fixed || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("the log-mel is no NumPy file of format 1.0");
        }
        int start = fixed + (npy.getShort(MAGIC.length) & 0xFFFF);
        Matcher header = HEADER.matcher(
                start > bytes.length ? "" : new String(bytes, fixed, start - fixed, StandardCharsets.US_ASCII));
        if (!header.matches()) {
            throw new IOException("the log-mel is no table of half-precision numbers");
        }
        long frames = Long.parseLong(header.group(1));
        if (Long.parseLong(header.group(2)) != bins
                || frames < 1
                || bytes.length != start + frames * bins * Short.BYTES) {
            throw new IOException("the log-mel has the shape (" + header.group(1) + ", " + header.group(2) + ") in "
                    + bytes.length + " bytes, not (frames, " + bins + ")");
        }
        float[] melTF = new float[(bytes.length - start) / Short.BYTES];
        for (int i = 0; i < melTF.length; i++) {
            melTF[i] = VALUES[npy.getShort(start + i * Short.BYTES) & 0xFFFF];
        }
        return melTF;
    }
}
