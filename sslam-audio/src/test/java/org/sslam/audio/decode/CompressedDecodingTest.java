package org.sslam.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressedDecodingTest {
    private final AudioDecoder decoder = AudioDecoders.standard();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "flac,          flac, flac, 44100, 1, 0.9999",
        "flac,          flac, flac, 16000, 2, 0.9999",
        "flac,          ogg,  oga,  16000, 1, 0.9999",
        "vorbis,        ogg,  ogg,  44100, 2, 0.97",
        "libopus,       ogg,  opus, 48000, 2, 0.98",
        "libmp3lame,    mp3,  mp3,  44100, 1, 0.98",
        "aac,           mp4,  m4a,  44100, 2, 0.98",
        "aac,           adts, aac,  16000, 1, 0.98",
        "adpcm_ms,      wav,  wav,  22050, 1, 0.99",
        "pcm_mulaw,     wav,  wav,  8000,  1, 0.99",
    })
    void decodesWhatTheEncoderMade(
            String encoder, String container, String ending, int rateHz, int channels, double likeness)
            throws Exception {
        assumeTrue(TestEncoder.has(encoder), encoder + " is not in this build of FFmpeg");
        float[] sweep = Sounds.sweep(1.5, rateHz);
        Path file = folder.resolve("sweep." + ending);
        TestEncoder.encode(sweep, rateHz, channels, encoder, container, file);
        Waveform decoded = decoder.decode(file);
        assertEquals(rateHz, decoded.sampleRateHz());
        assertEquals(1.5, decoded.durationSeconds(), 0.16, "duration");
        double correlation = Sounds.correlation(sweep, decoded.samples(), 2500);
        assertTrue(correlation > likeness, encoder + ": correlation " + correlation);
    }

    @Test
    void contentDecidesNotTheName() throws Exception {
        float[] sweep = Sounds.sweep(0.5, 16000);
        Path flac = TestEncoder.encode(sweep, 16000, 1, "flac", "flac", folder.resolve("flac.wav"));
        Path wav = new WavFile().samples(sweep).write(folder.resolve("wav.mp3"));
        Path unnamed = Files.copy(flac, folder.resolve("sound with spaces: caf\u00e9 %20"));
        assertArrayEquals(sweep, decoder.decode(flac).samples(), 5e-5f);
        assertArrayEquals(sweep, decoder.decode(wav).samples(), 5e-5f);
        assertArrayEquals(sweep, decoder.decode(unnamed).samples(), 5e-5f);
    }

    @Test
    void truncatedFilesGiveWhatTheyHoldOrAReason() throws Exception {
        float[] sweep = Sounds.sweep(10, 16000);
        byte[] whole =
                Files.readAllBytes(TestEncoder.encode(sweep, 16000, 1, "flac", "flac", folder.resolve("whole.flac")));
        Path half = Files.write(folder.resolve("half.flac"), Arrays.copyOf(whole, whole.length / 2));
        int samples = decoder.decode(half).samples().length;
        assertTrue(samples > 30_000 && samples < 130_000, "half a file gives " + samples + " samples");
        Path head = Files.write(folder.resolve("head.flac"), Arrays.copyOf(whole, 60));
        assertThrows(AudioException.class, () -> decoder.decode(head));
    }

    @Test
    void damagedFilesAreNamedNotFatal() throws Exception {
        float[] sweep = Sounds.sweep(1, 16000);
        byte[] whole =
                Files.readAllBytes(TestEncoder.encode(sweep, 16000, 1, "flac", "flac", folder.resolve("whole.flac")));
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int trial = 0; trial < 60; trial++) {
            byte[] broken = whole.clone();
            for (int flips = 0; flips < 40; flips++) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("broken.flac"), broken);
            try {
                decoder.decode(file);
            } catch (AudioException e) {
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void limitsHoldForCompressedFilesToo() throws Exception {
        Path file = TestEncoder.encode(Sounds.sweep(2, 16000), 16000, 1, "flac", "flac", folder.resolve("2s.flac"));
        AudioDecoder strict = AudioDecoders.standard(new DecodeLimits(1, 64, 1000, 768000));
        AudioException e = assertThrows(AudioException.class, () -> strict.decode(file));
        assertTrue(e.reason().contains("longer than the limit of 1 s"), e.getMessage());
    }

    @Test
    void manyThreadsGetTheSameSamples() throws Exception {
        Path file = TestEncoder.encode(Sounds.sweep(0.5, 16000), 16000, 2, "flac", "flac", folder.resolve("a.flac"));
        float[] expected = decoder.decode(file).samples();
        boolean same = IntStream.range(0, 64).parallel().allMatch(i -> {
            try {
                return Arrays.equals(expected, decoder.decode(file).samples());
            } catch (AudioException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(same);
    }
}
