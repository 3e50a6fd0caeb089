package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {
    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** The payloads of a record file, every checksum checked by a bitwise CRC-32C. */
    private static List<byte[]> records(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] length = new byte[8];
            all.get(length);
            assertEquals(masked(length), all.getInt());
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            all.get(data);
            assertEquals(masked(data), all.getInt());
            records.add(data);
        }
        return records;
    }

    private static int masked(byte[] bytes) {
        int crc = ~0;
        for (byte b : bytes) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (0x82F63B78 & -(crc & 1));
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xA282EAD8;
    }

    @Test
    void checksumOfTheStandardExample() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        int crc = 0xE3069283;
        assertEquals((crc >>> 15 | crc << 17) + 0xA282EAD8, EventRecords.maskedCrc(digits, digits.length));
    }

    @Test
    void messagesHaveTheirWireForm() {
        HexFormat hex = HexFormat.of();
        assertEquals(
                "09000000000000f83f" + "1a0d" + hex.formatHex("brain.Event:2".getBytes(StandardCharsets.US_ASCII)),
                hex.formatHex(EventMessages.fileVersion(1.5)));
        assertEquals(
                "09000000000000f83f" + "10ac02" + "2a0c" + "0a0a" + "0a036c6f73" + "150000c03f",
                hex.formatHex(EventMessages.scalars(1.5, 300, Map.of("los", 1.5))));
        assertEquals(
                "09000000000000f83f" + "1005" + "3a02" + "0801", hex.formatHex(EventMessages.sessionStart(1.5, 5)));
    }

    @Test
    void everyStartBeginsAFileThatSortsLast() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", 3.25);
        values.put("lr", 1e-4);
        try (TensorBoardWriter writer = TensorBoardWriter.create(folder)) {
            writer.scalars(1, values);
            writer.scalars(2, values);
        }
        Path first = files().get(0);
        for (int start = 2; start <= 4; start++) {
            TensorBoardWriter.resume(folder, 1).close();
            assertEquals(start, files().size());
            assertEquals(first, files().get(0));
        }
        List<byte[]> begun = records(first);
        assertEquals(3, begun.size());
        assertTrue(new String(begun.get(0), StandardCharsets.ISO_8859_1).contains("brain.Event:2"));
        String scalars = new String(begun.get(2), StandardCharsets.ISO_8859_1);
        assertTrue(scalars.contains("loss") && scalars.contains("lr"));
        List<byte[]> resumed = records(files().get(3));
        assertEquals(2, resumed.size());
        String session = HexFormat.of().formatHex(resumed.get(1));
        assertTrue(session.endsWith("1002" + "3a020801"), session);
        assertFalse(Files.isDirectory(first));
    }
}
