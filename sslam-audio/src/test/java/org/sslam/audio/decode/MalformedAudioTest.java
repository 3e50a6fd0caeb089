package org.sslam.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedAudioTest {
    private final AudioDecoder decoder = AudioDecoders.standard();

    @TempDir
    Path folder;

    private void assertRefused(Path file, String reason) {
        AudioException e = assertThrows(AudioException.class, () -> decoder.decode(file));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.reason().contains(reason), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertEquals(file, e.file().orElseThrow());
    }

    private Path file(String name, byte[] bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void refusesWhatIsNoReadableFile() throws Exception {
        assertRefused(folder.resolve("missing.wav"), "no such file");
        assertRefused(Files.createDirectory(folder.resolve("folder.wav")), "is a directory");
        assertRefused(file("empty.wav", new byte[0]), "0 bytes");
    }

    @Test
    void refusesWhatIsNoSound() throws Exception {
        assertRefused(
                file("notes.wav", "not a sound at all, just words\n".getBytes(StandardCharsets.UTF_8)), "no known");
        byte[] noise = new byte[20_000];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (random.nextInt(126) + 1);
        }
        assertThrows(AudioException.class, () -> decoder.decode(file("noise.flac", noise)));
    }

    /** Its demuxer answers with the number of a system that permits nothing. */
    @Test
    void aDamagedFileIsNotTakenForARefusingSystem() throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/fuzz/sounds/damaged-wma.asf")) {
            Path damaged = file("damaged.wma", in.readAllBytes());
            AudioException e = assertThrows(AudioException.class, () -> decoder.decode(damaged));
            assertFalse(e.systemFailed(), e.getMessage());
        }
    }

    @Test
    void refusesTruncatedHeaders() throws Exception {
        byte[] whole = new WavFile().samples(Sounds.sweep(0.1, 16000)).bytes();
        for (int length = 4; length < 44; length++) {
            assertRefused(file("cut" + length + ".wav", Arrays.copyOf(whole, length)), "truncated WAV");
        }
        assertRefused(file("header.wav", Arrays.copyOf(whole, 44)), "0 samples");
    }

    @Test
    void refusesImpossibleFormats() throws Exception {
        float[] samples = new float[4000];
        assertRefused(new WavFile().samples().write(folder.resolve("none.wav")), "0 samples");
        assertRefused(new WavFile().channels(0).samples(samples).write(folder.resolve("c0.wav")), "0 channels");
        assertRefused(
                new WavFile().channels(65).samples(samples).write(folder.resolve("c65.wav")),
                "65 channels, more than the limit of 64");
        assertRefused(
                new WavFile().rate(7).samples(samples).write(folder.resolve("slow.wav")),
                "sample rate 7 Hz is outside 1000..768000 Hz");
        assertRefused(new WavFile().rate(-1).samples(samples).write(folder.resolve("fast.wav")), "4294967295 Hz");
        assertThrows(
                AudioException.class,
                () -> decoder.decode(
                        new WavFile().format(0x1234, 16).samples(samples).write(folder.resolve("tag.wav"))));
    }

    @Test
    void refusesSamplesThatAreNoNumbers() throws Exception {
        float[] samples = new float[100];
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f}) {
            samples[42] = bad;
            Path file = new WavFile().format(3, 32).samples(samples).write(folder.resolve("bad.wav"));
            String what = Float.isNaN(bad) ? "not a number" : Float.isInfinite(bad) ? "infinite" : "absurdly large";
            assertRefused(file, "sample 42 is " + what);
        }
    }

    @Test
    void refusesTooLongSoundsBeforeReadingThem() throws Exception {
        Path sparse = new WavFile()
                .samples(new float[10])
                .statedDataBytes(0xFFFFFFFFL)
                .write(folder.resolve("3h.wav"));
        try (var channel = Files.newByteChannel(sparse, StandardOpenOption.WRITE)) {
            channel.position(44 + 3L * 3600 * 16000 * 2 - 1);
            channel.write(ByteBuffer.allocate(1));
        }
        assertRefused(sparse, "10800 s or more of sound, longer than the limit of 3600 s");
    }

    @Test
    void limitsCanBeChanged() throws Exception {
        Path file = new WavFile().rate(500).samples(new float[1000]).write(folder.resolve("slow.wav"));
        Waveform decoded =
                AudioDecoders.standard(new DecodeLimits(2, 1, 100, 1000)).decode(file);
        assertEquals(2.0, decoded.durationSeconds());
        AudioDecoder strict = AudioDecoders.standard(new DecodeLimits(1.5, 1, 100, 1000));
        AudioException e = assertThrows(AudioException.class, () -> strict.decode(file));
        assertTrue(e.reason().contains("longer than the limit"), e.getMessage());
    }

    @Test
    void aReasonWithoutFileGetsOneLater() {
        AudioException bare = new AudioException("too short");
        assertEquals("clip.wav: too short", bare.at(Path.of("clip.wav")).getMessage());
        AudioException named = new AudioException(Path.of("a.wav"), "0 samples");
        assertEquals("a.wav: 0 samples", named.at(Path.of("b.wav")).getMessage());
    }

    @Test
    void flippedBitsNeverEscapeAsOtherExceptions() throws Exception {
        byte[] whole = new WavFile()
                .extensible()
                .channels(2)
                .chunkBefore("LIST", new byte[9])
                .samples(Sounds.sweep(0.05, 16000))
                .bytes();
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 400; trial++) {
            byte[] broken = whole.clone();
            for (int flips = 0; flips < 3; flips++) {
                broken[random.nextInt(90)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = file("flipped.wav", broken);
            try {
                assertTrue(decoder.decode(file).samples().length > 0);
            } catch (AudioException e) {
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            }
        }
    }

    @Test
    void whatTheSystemRefusesIsNotTheFilesFault() throws IOException {
        Path file = Files.writeString(folder.resolve("text.wav"), "no sound");
        for (IOException refusal : List.of(
                new AccessDeniedException("x"),
                new FileSystemException("x", null, "Too many open files"),
                new FileSystemException("x", null, "Stale file handle"),
                new IOException("Input/output error"))) {
            AudioException e = AudioDecoders.unreadable(file, refusal);
            assertTrue(e.systemFailed() && e.at(folder).systemFailed(), e.getMessage());
        }
        Path loop = folder.resolve("loop.wav");
        Files.createSymbolicLink(loop, loop);
        for (Path wrong : List.of(file, loop, folder.resolve("missing.wav"), file.resolve("inside"))) {
            AudioException e = assertThrows(AudioException.class, () -> decoder.decode(wrong));
            assertFalse(e.systemFailed(), e.getMessage());
        }
    }
}
