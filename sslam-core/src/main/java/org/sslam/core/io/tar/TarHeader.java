package org.sslam.core.io.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One block of 512 bytes that stands before a member.
 *
 * <p>Source: POSIX.1-2001, pax interchange format, "ustar header block".
 *
 * @param name prefix and name
 * @param bytes length of what follows
 * @param type kind of the member
 */
record TarHeader(String name, long bytes, byte type) {
    static final int BLOCK = 512;
    /** Largest length that eleven octal digits can say. */
    static final long LONGEST_MEMBER = (1L << 33) - 1;

    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_LENGTH = 155;

    /** Reads a block, which must not be all zeros. */
    static TarHeader read(byte[] block, long offset) throws TarException {
        if (octal(block, SUM_AT, 8, offset, "checksum") != sum(block)) {
            throw new TarException(offset, "a header's checksum is wrong");
        }
        if ((block[SIZE_AT] & 0x80) != 0) {
            throw new TarException(offset, "a member's length is not an octal number below 8 GiB");
        }
        String name = text(block, 0, NAME_LENGTH);
        String prefix = new String(block, MAGIC_AT, 6, StandardCharsets.ISO_8859_1).equals("ustar\0")
                ? text(block, PREFIX_AT, PREFIX_LENGTH)
                : "";
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                octal(block, SIZE_AT, 12, offset, "length"),
                block[TYPE_AT]);
    }

    /** The block of a plain file that anyone may read, of no owner and of the year 1970. */
    static byte[] write(String name, long bytes) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        if (TarNames.problem(name).isPresent()
                || ascii.length > NAME_LENGTH
                || !name.equals(new String(ascii, StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("'" + name + "' is no relative name of at most 100 ASCII characters");
        }
        if (bytes < 0 || bytes > LONGEST_MEMBER) {
            throw new IllegalArgumentException("a member of " + bytes + " bytes");
        }
        byte[] block = new byte[BLOCK];
        System.arraycopy(ascii, 0, block, 0, ascii.length);
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, SIZE_AT, String.format(Locale.ROOT, "%011o ", bytes));
        put(block, 136, "00000000000 ");
        block[TYPE_AT] = '0';
        put(block, MAGIC_AT, "ustar\00000");
        put(block, SUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(block)));
        return block;
    }

    /** Sum of all bytes, those of the sum itself taken as spaces. */
    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + 8 ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }

    private static long octal(byte[] block, int at, int length, long offset, String what) throws TarException {
        String digits = new String(block, at, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw new TarException(offset, "a header's " + what + " is no octal number");
        }
        return Long.parseLong(digits, 8);
    }

    static String text(byte[] bytes, int at, int length) {
        byte[] field = Arrays.copyOfRange(bytes, at, at + length);
        int end = 0;
        while (end < length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.UTF_8);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, block, at, ascii.length);
    }
}
