package org.sslam.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

class NpyReaderTest {
    private static final String START = "\u0093NUMPY\u0001\u0000v\u0000";

    @TempDir
    private Path folder;

    /** Bytes as numpy.save writes them: the header fills 128 bytes. */
    private Path file(String dictionary, ByteBuffer data) throws IOException {
        String header = START + dictionary + " ".repeat(127 - START.length() - dictionary.length()) + "\n";
        byte[] bytes = new byte[128 + data.remaining()];
        System.arraycopy(header.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, 128);
        data.get(bytes, 128, data.remaining());
        Path file = folder.resolve("x.npy");
        Files.write(file, bytes);
        return file;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void rowsAreReadInAnyOrder() throws IOException {
        ByteBuffer data = buffer(24);
        for (int i = 0; i < 6; i++) {
            data.putFloat(i / 2f);
        }
        try (NpyReader rows =
                NpyReader.open(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", data.flip()))) {
            assertEquals(2, rows.rows());
            assertEquals(3, rows.columns());
            assertArrayEquals(new float[] {1.5f, 2, 2.5f}, rows.row(1));
            assertArrayEquals(new float[] {0, 0.5f, 1}, rows.row(0));
            assertThrows(UserException.class, () -> rows.row(2));
        }
    }

    @Test
    void halvesAreReadToo() throws IOException {
        ByteBuffer data =
                buffer(4).putShort((short) 0x3C00).putShort((short) 0xC000).flip();
        try (NpyReader rows =
                NpyReader.open(file("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }", data))) {
            assertArrayEquals(new float[] {1, -2}, rows.row(0));
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        refused(folder.resolve("none.npy"), "no such file");
        Path text = folder.resolve("text.npy");
        Files.writeString(text, "short");
        refused(text, "cut short");
        Files.writeString(text, "long enough for a header, but none");
        refused(text, "does not begin as a NumPy file");
        refused(file("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", buffer(16)), "<f8");
        refused(file("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", buffer(8)), "True");
        refused(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", buffer(8)), "(2,)");
        refused(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", buffer(8)), "136 bytes");
        refused(
                file("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }", buffer(8)),
                "bytes");
    }

    private static void refused(Path file, String reason) {
        UserException e = assertThrows(UserException.class, () -> NpyReader.open(file));
        assertTrue(e.getMessage().contains(reason) && e.getMessage().lines().count() == 1, e.getMessage());
    }
}
