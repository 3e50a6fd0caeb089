package org.sslam.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.io.SafetensorsWriter.Tensor;

class SafetensorsTest {
    @TempDir
    Path folder;

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void everyTypeSurvivesTheRoundTrip() throws IOException {
        Path file = folder.resolve("all.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of("format", "pt", "note", "zwölf \"Uhr\""),
                List.of(
                        new Tensor("bool", DType.BOOL, new long[] {3}, ByteBuffer.wrap(new byte[] {1, 0, 1})),
                        Tensor.of("f32", new float[] {1.5f, -2, Float.NEGATIVE_INFINITY, 0}, 2, 2),
                        new Tensor(
                                "f64",
                                DType.F64,
                                new long[] {},
                                little(8).putDouble(Math.PI).flip()),
                        new Tensor("f16", DType.F16, new long[] {2}, halves(Halves.toF16(0.5f), Halves.toF16(-3))),
                        new Tensor("bf16", DType.BF16, new long[] {2}, halves(Halves.toBF16(0.5f), Halves.toBF16(-3))),
                        Tensor.of("i64", new long[] {Long.MIN_VALUE, 7}, 2),
                        new Tensor(
                                "i32",
                                DType.I32,
                                new long[] {1},
                                little(4).putInt(-5).flip()),
                        new Tensor(
                                "i16",
                                DType.I16,
                                new long[] {1},
                                little(2).putShort((short) -6).flip()),
                        new Tensor("i8", DType.I8, new long[] {1}, ByteBuffer.wrap(new byte[] {-7})),
                        new Tensor("u8", DType.U8, new long[] {1}, ByteBuffer.wrap(new byte[] {-1})),
                        new Tensor("empty", DType.F32, new long[] {0, 9}, little(0))));
        try (SafetensorsFile read = Safetensors.open(file)) {
            assertEquals(Map.of("format", "pt", "note", "zwölf \"Uhr\""), read.metadata());
            assertEquals(
                    List.of("bool", "f32", "f64", "f16", "bf16", "i64", "i32", "i16", "i8", "u8", "empty"),
                    List.copyOf(read.names()));
            assertArrayEquals(new float[] {1.5f, -2, Float.NEGATIVE_INFINITY, 0}, read.floats("f32"));
            assertArrayEquals(new long[] {2, 2}, read.info("f32").shape());
            assertArrayEquals(new float[] {(float) Math.PI}, read.floats("f64"));
            assertArrayEquals(new long[] {}, read.info("f64").shape());
            assertArrayEquals(new float[] {0.5f, -3}, read.floats("f16"));
            assertArrayEquals(new float[] {0.5f, -3}, read.floats("bf16"));
            assertArrayEquals(new long[] {Long.MIN_VALUE, 7}, read.longs("i64"));
            assertArrayEquals(new long[] {-5}, read.longs("i32"));
            assertArrayEquals(new long[] {-6}, read.longs("i16"));
            assertArrayEquals(new long[] {-7}, read.longs("i8"));
            assertArrayEquals(new long[] {255}, read.longs("u8"));
            assertArrayEquals(new float[] {1, 0, 1}, read.floats("bool"));
            assertArrayEquals(new long[] {1, 0, 1}, read.longs("bool"));
            assertEquals(0, read.floats("empty").length);
            assertTrue(read.bytes("f32").isReadOnly());
            assertThrows(IllegalArgumentException.class, () -> read.longs("f32"));
            UserException missing = assertThrows(UserException.class, () -> read.floats("nope"));
            assertEquals(
                    file + " has no tensor 'nope'; it holds 11 others, is it the file of another model?",
                    missing.getMessage());
        }
        assertEquals(0, little(8).put(Files.readAllBytes(file), 0, 8).flip().getLong() % 8);
    }

    private static ByteBuffer halves(short a, short b) {
        return little(4).putShort(a).putShort(b).flip();
    }

    @Test
    void equalContentGivesEqualBytes() {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        List<Tensor> tensors = List.of(Tensor.of("w", new float[] {1, 2}, 2));
        SafetensorsWriter.write(a, Map.of("x", "1", "y", "2", "z", "3"), tensors);
        SafetensorsWriter.write(b, Map.of("z", "3", "y", "2", "x", "1"), tensors);
        assertEquals(Hashes.sha256(a), Hashes.sha256(b));
    }

    @Test
    void writerRefusesTensorsThatDoNotFit() {
        assertEquals(
                "tensor 'w' takes 12 bytes by its shape, not 8",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of("w", new float[2], 3))
                        .getMessage());
        List<Tensor> twice = List.of(Tensor.of("w", new float[1], 1), Tensor.of("w", new float[1], 1));
        assertEquals(
                "the tensor name 'w' is taken",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SafetensorsWriter.write(folder.resolve("x"), Map.of(), twice))
                        .getMessage());
    }

    @Test
    void aFullDiskWhileWritingIsNamed() {
        Path file = folder.resolve("x.safetensors");
        List<Tensor> tensors = List.of(Tensor.of("w", new float[100], 100));
        for (int n = 1; n <= 4; n++) {
            try (FaultyDisk disk = FaultyDisk.fullFrom(n)) {
                UserException refused =
                        assertThrows(UserException.class, () -> SafetensorsWriter.write(file, Map.of(), tensors));
                assertTrue(refused.getMessage().startsWith("cannot write " + file + ": no space left on device; free"));
                assertEquals(n, disk.operations());
            }
        }
    }

    @Test
    void readsTensorsBeyondTwoGibibytes() throws IOException {
        Path file = folder.resolve("large.safetensors");
        long begin = 3L << 30;
        String header = "{\"big\":{\"dtype\":\"U8\",\"shape\":[3,1073741824],\"data_offsets\":[0," + begin + "]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + begin + "," + (begin + 8) + "]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(8 + text.length + begin + 8);
            sparse.write(little(8).putLong(text.length).array());
            sparse.write(text);
            sparse.seek(8 + text.length + begin);
            sparse.write(little(8).putFloat(4.5f).putFloat(-1).array());
        }
        try (SafetensorsFile read = Safetensors.open(file)) {
            assertArrayEquals(new float[] {4.5f, -1}, read.floats("last"));
            assertEquals(begin, read.info("big").elements());
            UserException refused = assertThrows(UserException.class, () -> read.bytes("big"));
            assertEquals(file + ": tensor 'big' has 3221225472 bytes, more than 2 GiB; split it", refused.getMessage());
        }
    }

    @Test
    void buffersOutliveTheFile() {
        Path file = folder.resolve("x.safetensors");
        SafetensorsWriter.write(file, Map.of(), List.of(Tensor.of("w", new float[] {1, 2}, 2)));
        ByteBuffer bytes;
        try (SafetensorsFile read = Safetensors.open(file)) {
            bytes = read.bytes("w");
        }
        assertEquals(2, bytes.getFloat(4));
    }
}
