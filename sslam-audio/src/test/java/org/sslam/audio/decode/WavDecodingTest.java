package org.sslam.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavDecodingTest {
    private final AudioDecoder decoder = AudioDecoders.standard();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 8, 0.008",
        "1, 16, 5e-5",
        "1, 24, 3e-7",
        "1, 32, 1e-7",
        "3, 32, 0",
        "3, 64, 0",
    })
    void readsEveryEncodingInBothByteOrdersAndBothFormatChunks(int tag, int bits, float tolerance) throws Exception {
        float[] sweep = Sounds.sweep(0.2, 22050);
        for (String form : new String[] {"RIFF", "RIFX", "RF64", "BW64"}) {
            for (boolean extensible : new boolean[] {false, true}) {
                WavFile wav = new WavFile().form(form).format(tag, bits).rate(22050);
                wav = extensible ? wav.extensible() : wav;
                Waveform decoded = decoder.decode(wav.samples(sweep).write(folder.resolve("sweep.wav")));
                assertEquals(22050, decoded.sampleRateHz());
                assertArrayEquals(sweep, decoded.samples(), tolerance, form + " extensible=" + extensible);
            }
        }
    }

    @Test
    void scalesIntegersByTheirFullRange() throws Exception {
        byte[] extremes = {0, (byte) 0x80, (byte) 0xFF, 0x7F};
        WavFile wav = new WavFile().samples(0, 0);
        byte[] bytes = wav.bytes();
        System.arraycopy(extremes, 0, bytes, bytes.length - 4, 4);
        Path file = Files.write(folder.resolve("extremes.wav"), bytes);
        assertArrayEquals(
                new float[] {-1f, 32767 / 32768f}, decoder.decode(file).samples());
    }

    @Test
    void averagesChannels() throws Exception {
        Path stereo = new WavFile()
                .channels(2)
                .format(3, 32)
                .samples(1, 0, 0.5f, -0.5f, 0.25f, 0.75f)
                .write(folder.resolve("stereo.wav"));
        assertArrayEquals(new float[] {0.5f, 0, 0.5f}, decoder.decode(stereo).samples());
        float[] eight = new float[8 * 100];
        for (int i = 3; i < eight.length; i += 8) {
            eight[i] = 0.8f;
        }
        Path surround = new WavFile().channels(8).format(3, 32).samples(eight).write(folder.resolve("eight.wav"));
        float[] expected = new float[100];
        Arrays.fill(expected, 0.1f);
        assertArrayEquals(expected, decoder.decode(surround).samples(), 1e-7f);
    }

    @Test
    void toleratesWrongLengthFields() throws Exception {
        float[] sweep = Sounds.sweep(0.1, 16000);
        long bytes = 2L * sweep.length;
        for (long stated : new long[] {0, 0xFFFFFFFFL, 0x7FFFFFFFL, bytes + 2, bytes - 200, 2}) {
            Path file = new WavFile().samples(sweep).statedDataBytes(stated).write(folder.resolve("lying.wav"));
            assertEquals(sweep.length, decoder.decode(file).samples().length, "stated " + stated);
        }
        Path rf64 = new WavFile()
                .form("RF64")
                .samples(sweep)
                .statedDataBytes(0xFFFFFFFFL)
                .ds64DataBytes(bytes)
                .bytesAfter("LIST\4\0\0\0abcd".getBytes("US-ASCII"))
                .write(folder.resolve("rf64.wav"));
        assertEquals(sweep.length, decoder.decode(rf64).samples().length);
    }

    @Test
    void skipsOtherChunksPaddingAndTrailers() throws Exception {
        float[] sweep = Sounds.sweep(0.1, 16000);
        for (int length : new int[] {0, 1, 6, 7}) {
            Path file = new WavFile()
                    .chunkBefore("LIST", new byte[length])
                    .samples(sweep)
                    .bytesAfter("id3 \2\0\0\0ab".getBytes("US-ASCII"))
                    .write(folder.resolve("chunks.wav"));
            assertEquals(sweep.length, decoder.decode(file).samples().length, "chunk of " + length);
        }
        Path padded = new WavFile().samples(sweep).bytesAfter(new byte[512]).write(folder.resolve("padded.wav"));
        assertEquals(sweep.length, decoder.decode(padded).samples().length);
        Path odd = new WavFile().format(1, 8).samples(new float[333]).write(folder.resolve("odd.wav"));
        assertEquals(333, decoder.decode(odd).samples().length);
    }

    @Test
    void dropsAnIncompleteLastSample() throws Exception {
        byte[] bytes =
                new WavFile().format(1, 24).channels(2).samples(new float[20]).bytes();
        Path file = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length - 4));
        assertEquals(9, decoder.decode(file).samples().length);
    }
}
