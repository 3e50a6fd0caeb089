package org.sslam.core.io.tar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;
import org.sslam.core.random.Draws;

/** Damaged archives: only {@link TarException}, and no member outside of the archive. */
class TarFuzzTest {
    private static final int BLOCK = 512;
    private static final int SUM_AT = 148;

    @TempDir
    Path folder;

    private static byte[] archive(String extended) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(Channels.newChannel(bytes));
        tar.add("000000000.flac", new byte[700]);
        tar.add("000000000.json", "{}".getBytes(StandardCharsets.US_ASCII));
        int header = bytes.size();
        tar.add("extension", extended.getBytes(StandardCharsets.US_ASCII));
        tar.add("000000001.flac", new byte[0]);
        tar.finish();
        byte[] archive = bytes.toByteArray();
        if (!extended.isEmpty()) {
            archive[header + 156] = (byte) (extended.startsWith("2") ? 'x' : 'L');
            mend(archive, header);
        }
        return archive;
    }

    private static void mend(byte[] archive, int header) {
        Arrays.fill(archive, header + SUM_AT, header + SUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += archive[header + i] & 0xFF;
        }
        byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, archive, header + SUM_AT, digits.length);
    }

    /** Damages a field of a block and sets its checksum right again, so that the damage is believed. */
    private static byte[] believed(byte[] input, SplittableRandom random) {
        byte[] copy = input.clone();
        if (copy.length < BLOCK) {
            return copy;
        }
        int header = Draws.below(random, copy.length / BLOCK) * BLOCK;
        int[] fields = {0, 99, 100, 124, 125, 135, 156, 257, 345};
        int at = header + fields[Draws.below(random, fields.length)];
        for (int i = Draws.below(random, 12); i >= 0; i--) {
            boolean digit = Draws.below(random, 2) == 0;
            copy[at + i] = (byte) (digit ? '0' + Draws.below(random, 8) : Draws.below(random, 256));
        }
        mend(copy, header);
        return copy;
    }

    private static void readAll(Path file) throws IOException {
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file)) {
            TarReader reader = new TarReader(channel);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                TarEntry found = entry.get();
                if (found.offset() < BLOCK || found.bytes() < 0 || found.offset() + found.bytes() > size) {
                    throw new IllegalStateException("a member lies outside: " + found);
                }
                Path unpacked = Path.of("/unpacked");
                if (!unpacked.resolve(found.name()).normalize().startsWith(unpacked)) {
                    throw new IllegalStateException("a member climbs out: " + found);
                }
            }
        }
    }

    @Test
    void damagedArchives() throws IOException {
        Fuzz.Report report = Fuzz.of("tar")
                .seed(archive(""))
                .seed(archive("24 path=inner/name.flac\n"))
                .seed(archive("inner/another.flac\0"))
                .words("ustar\0", "../", "/", "\0", "77777777777", "18 path=../../x\n", "15 size=999999\n")
                .mutation(TarFuzzTest::believed)
                .refusal(TarException.class)
                .run(folder, TarFuzzTest::readAll);
        assertTrue(report.reasons() >= 8 && report.accepted() > 20, report.toString());
    }
}
