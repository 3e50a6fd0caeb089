package org.sslam.eval.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;

/** FFmpeg's libraries load and decode: a tenth of a second of mu-law sound in an AU file. */
record FfmpegCheck() implements Check {
    private static final int RATE_HZ = 8000;
    private static final int SAMPLES = 800;
    private static final int HEADER_BYTES = 24;
    private static final int MU_LAW = 1;
    private static final byte MU_LAW_LOUD = (byte) 0x80;

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public Result run() {
        try {
            Path file = Files.createTempFile("sslam-doctor", ".au");
            try {
                Files.write(file, sound());
                Waveform wave = AudioDecoders.standard().decode(file);
                boolean right =
                        wave.samples().length == SAMPLES && wave.sampleRateHz() == RATE_HZ && wave.samples()[0] > 0.9f;
                return right
                        ? Result.good("FLAC, Ogg, Opus, MP3 and AAC can be decoded")
                        : Result.bad("a test sound was decoded wrongly", "build again: mvn clean package");
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (AudioException e) {
            return Result.bad(e.getMessage(), "use a platform that the build has FFmpeg for, or convert clips to WAV");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a temporary file", e);
        }
    }

    private static byte[] sound() {
        byte[] bytes = new byte[HEADER_BYTES + SAMPLES];
        Arrays.fill(bytes, HEADER_BYTES, bytes.length, MU_LAW_LOUD);
        ByteBuffer.wrap(bytes)
                .put(new byte[] {'.', 's', 'n', 'd'})
                .putInt(HEADER_BYTES)
                .putInt(SAMPLES)
                .putInt(MU_LAW)
                .putInt(RATE_HZ)
                .putInt(1);
        return bytes;
    }
}
