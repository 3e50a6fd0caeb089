package org.sslam.core.io.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.io.Hashes;

class TarTest {
    @TempDir
    Path folder;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] archive(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(Channels.newChannel(bytes));
        for (int i = 0; i < namesAndContents.length; i += 2) {
            tar.add(namesAndContents[i], ascii(namesAndContents[i + 1]));
        }
        tar.finish();
        assertEquals(bytes.size(), tar.bytes());
        assertEquals(Hashes.sha256(bytes.toByteArray()), tar.sha256());
        return bytes.toByteArray();
    }

    private List<TarEntry> read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("x.tar"), bytes);
        List<TarEntry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            TarReader reader = new TarReader(channel);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
            assertEquals(Optional.empty(), reader.next());
        }
        return entries;
    }

    private void assertRefused(byte[] bytes, String reason) {
        TarException e = assertThrows(TarException.class, () -> read(bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    /** Sets bytes of the first header and mends its checksum. */
    private static byte[] changed(byte[] bytes, int at, byte[] to) {
        byte[] copy = bytes.clone();
        System.arraycopy(to, 0, copy, at, to.length);
        Arrays.fill(copy, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += copy[i] & 0xFF;
        }
        System.arraycopy(ascii(String.format("%06o\0 ", sum)), 0, copy, 148, 8);
        return copy;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] bytes = archive("a.wav", "0123456789", "empty", "", "b/c.json", "x".repeat(512));
        assertEquals(
                List.of(
                        new TarEntry("a.wav", 512, 10),
                        new TarEntry("empty", 1536, 0),
                        new TarEntry("b/c.json", 2048, 512)),
                read(bytes));
        assertEquals("0123456789", new String(bytes, 512, 10, StandardCharsets.US_ASCII));
        assertArrayEquals(bytes, archive("a.wav", "0123456789", "empty", "", "b/c.json", "x".repeat(512)));
        assertEquals(List.of(), read(archive()));
    }

    /** Exit code and words of the system's own program; where there is none, the test is skipped. */
    private static String tar(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(arguments));
        try {
            Process tar = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return tar.waitFor() + "\n" + said;
        } catch (IOException none) {
            return Assumptions.abort("there is no tar program here");
        }
    }

    @Test
    void otherProgramsReadIt() throws Exception {
        Path file = Files.write(folder.resolve("y.tar"), archive("a.wav", "0123456789", "b.json", "{}"));
        String listing = tar("-tvf", file.toString());
        assertTrue(listing.startsWith("0\n") && listing.contains("a.wav") && listing.contains("b.json"), listing);
    }

    @Test
    void archivesOfOtherProgramsAreRead() throws Exception {
        String name = "long-".repeat(40) + "name.wav";
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.write(sources.resolve(name), ascii("sound"));
        Files.createDirectory(sources.resolve("inner"));
        Files.write(sources.resolve("inner").resolve("b.json"), ascii("{}"));
        for (String format : List.of("gnu", "pax")) {
            Path file = folder.resolve(format + ".tar");
            String said = tar("--format=" + format, "-cf", file.toString(), "-C", sources.toString(), name, "inner");
            Assumptions.assumeTrue(said.startsWith("0\n"), said);
            byte[] bytes = Files.readAllBytes(file);
            List<TarEntry> entries = read(bytes);
            assertEquals(
                    List.of(name, "inner/b.json"),
                    entries.stream().map(TarEntry::name).toList());
            assertEquals(
                    "sound", new String(bytes, (int) entries.get(0).offset(), 5, StandardCharsets.US_ASCII), format);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "C:x", "a\\b", "a\nb"})
    void namesThatClimbAreRefused(String name) throws IOException {
        byte[] field = Arrays.copyOf(ascii(name), 100);
        assertRefused(changed(archive("a.wav", "0123456789"), 0, field), "member");
        assertThrows(IllegalArgumentException.class, () -> archive(name, "x"));
    }

    @Test
    void lyingHeadersAreRefused() throws IOException {
        byte[] whole = archive("a.wav", "0123456789");
        assertRefused(changed(whole, 0, new byte[100]), "no name");
        assertRefused(changed(whole, 124, ascii("-0000000012 ")), "no octal number");
        assertRefused(changed(whole, 124, ascii("77777777777 ")), "cut short");
        assertRefused(changed(whole, 124, new byte[] {(byte) 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}), "below 8 GiB");
        assertRefused(changed(whole, 156, ascii("2")), "type 50");
        assertRefused(changed(whole, 156, ascii("x")), "extended header is malformed");
        byte[] flipped = whole.clone();
        flipped[3] ^= 1;
        assertRefused(flipped, "checksum is wrong");
    }

    @Test
    void cutArchivesAreRefused() throws IOException {
        byte[] whole = archive("a.wav", "0123456789", "b", "y");
        for (int length = 0; length < whole.length; length += 128) {
            assertRefused(Arrays.copyOf(whole, length), "cut short");
        }
        byte[] oneBlock = whole.clone();
        oneBlock[whole.length - 1] = 1;
        assertRefused(oneBlock, "end mark of one block");
    }

    @Test
    void namesOfAnyOtherKindAreNotWritten() {
        assertThrows(IllegalArgumentException.class, () -> archive("x".repeat(101), "y"));
        assertThrows(IllegalArgumentException.class, () -> archive("\u00e4", "y"));
        assertThrows(IllegalArgumentException.class, () -> archive("", "y"));
        assertEquals(512 + 512, TarWriter.space(1));
        assertEquals(512, TarWriter.space(0));
    }
}
