package org.sslam.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.sslam.core.random.Draws;

/**
 * Damage that knows no format: bits, numbers of all widths, pieces cut, doubled, moved and exchanged with other files,
 * words of the format, decimal numbers in text.
 */
public final class Mutations implements Mutation {
    private static final int MAX_BYTES = 1 << 18;
    private static final int MOST_AT_ONCE = 6;
    private static final int MAX_REPEATS = 2000;
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 7, 8, 31, 32, 63, 64, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536, 1 << 24,
        Integer.MAX_VALUE - 7L, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 32, 1L << 40, 1L << 62,
        Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final List<String> TEXT_NUMBERS = List.of(
            "-1", "-0", "0.5", "1e999", "-1e-999", "NaN", "Infinity", "null", "\"\"", "9".repeat(400), "0x10", "1_0",
            BigInteger.ONE.shiftLeft(64).toString());

    private final List<byte[]> others;
    private final List<byte[]> words;

    /**
     * @param others files to take pieces from; may grow meanwhile
     * @param words what the format is made of
     */
    public Mutations(List<byte[]> others, List<byte[]> words) {
        this.others = others;
        this.words = words;
    }

    @Override
    public byte[] of(byte[] input, SplittableRandom random) {
        byte[] now = input;
        int times = 1 + Draws.below(random, 1 + Draws.below(random, MOST_AT_ONCE));
        for (int i = 0; i < times; i++) {
            now = once(now, random);
        }
        return now.length > MAX_BYTES ? Arrays.copyOf(now, MAX_BYTES) : now;
    }

    private byte[] once(byte[] input, SplittableRandom random) {
        if (input.length == 0) {
            return randomBytes(random);
        }
        int at = Draws.below(random, input.length);
        int length = 1 + Draws.below(random, Math.min(1 + Draws.below(random, input.length), input.length - at));
        byte[] piece = Arrays.copyOfRange(input, at, at + length);
        return switch (Draws.below(random, 14)) {
            case 0 -> flipped(input, at, random);
            case 1 -> overwritten(input, at, new byte[] {(byte) Draws.below(random, 256)});
            case 2, 3 -> overwritten(input, at, number(random));
            case 4 -> added(input, at, random);
            case 5 -> replaced(input, at, length, new byte[0]);
            case 6 -> replaced(input, at, 0, piece);
            case 7 -> replaced(input, at, 0, randomBytes(random));
            case 8 -> Arrays.copyOf(input, at);
            case 9 -> replaced(input, at, Draws.below(random, 2) * length, fromAnother(random));
            case 10 -> replaced(input, at, 0, word(random));
            case 11 -> overwritten(input, at, word(random));
            case 12 -> replaced(input, at, length, repeated(piece, random));
            default -> otherDecimal(input, at, random);
        };
    }

    private static byte[] flipped(byte[] input, int at, SplittableRandom random) {
        byte[] copy = input.clone();
        copy[at] ^= (byte) (1 << Draws.below(random, Byte.SIZE));
        return copy;
    }

    private static byte[] overwritten(byte[] input, int at, byte[] by) {
        byte[] copy = input.clone();
        System.arraycopy(by, 0, copy, at, Math.min(by.length, copy.length - at));
        return copy;
    }

    private static byte[] replaced(byte[] input, int at, int length, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + by.length);
        out.write(input, 0, at);
        out.writeBytes(by);
        out.write(input, at + length, input.length - at - length);
        return out.toByteArray();
    }

    /** A number of 1 to 8 bytes at the edge of something, either end first. */
    private static byte[] number(SplittableRandom random) {
        return bytes(NUMBERS[Draws.below(random, NUMBERS.length)], random);
    }

    private static byte[] bytes(long value, SplittableRandom random) {
        byte[] bytes = new byte[1 << Draws.below(random, 4)];
        boolean little = random.nextBoolean();
        for (int i = 0; i < bytes.length; i++) {
            bytes[little ? i : bytes.length - 1 - i] = (byte) (value >>> Byte.SIZE * i);
        }
        return bytes;
    }

    private static byte[] added(byte[] input, int at, SplittableRandom random) {
        byte[] copy = input.clone();
        copy[at] += (byte) (Draws.below(random, 9) - 4);
        return copy;
    }

    private static byte[] randomBytes(SplittableRandom random) {
        byte[] bytes = new byte[1 + Draws.below(random, 16)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] fromAnother(SplittableRandom random) {
        byte[] other = others.get(Draws.below(random, others.size()));
        int begin = Draws.below(random, other.length + 1);
        return Arrays.copyOfRange(other, begin, begin + Draws.below(random, other.length - begin + 1));
    }

    private byte[] word(SplittableRandom random) {
        return words.isEmpty() ? number(random) : words.get(Draws.below(random, words.size()));
    }

    private static byte[] repeated(byte[] piece, SplittableRandom random) {
        int times = Math.min(1 + Draws.below(random, MAX_REPEATS), MAX_BYTES / piece.length);
        byte[] all = new byte[times * piece.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    /** Another number in place of the next one that is written in digits. */
    private static byte[] otherDecimal(byte[] input, int from, SplittableRandom random) {
        int begin = from;
        while (begin < input.length && !Character.isDigit(input[begin])) {
            begin++;
        }
        int end = begin;
        while (end < input.length && Character.isDigit(input[end])) {
            end++;
        }
        int choice = Draws.below(random, TEXT_NUMBERS.size() + NUMBERS.length);
        String text = choice < TEXT_NUMBERS.size()
                ? TEXT_NUMBERS.get(choice)
                : Long.toString(NUMBERS[choice - TEXT_NUMBERS.size()]);
        return replaced(input, begin, end - begin, text.getBytes(StandardCharsets.US_ASCII));
    }
}
