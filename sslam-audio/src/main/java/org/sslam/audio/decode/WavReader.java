package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Streams the samples behind a {@link WavHeader} and averages their channels; the file may exceed 2 GiB. */
final class WavReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private WavReader() {}

    static Waveform read(Path file, FileChannel channel, WavHeader header, DecodeLimits limits)
            throws IOException, AudioException {
        limits.checkFormat(file, header.channels(), header.sampleRateHz());
        WavEncoding encoding = header.encoding().orElseThrow();
        int channels = header.channels();
        int rate = (int) header.sampleRateHz();
        int frameBytes = encoding.bytes() * channels;
        long frames = header.dataBytes() / frameBytes;
        limits.checkLength(file, frames, rate);
        float[] mono = new float[(int) frames];
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(1, BUFFER_BYTES / frameBytes) * frameBytes)
                .order(header.order());
        long position = header.dataStart();
        for (int done = 0; done < mono.length; ) {
            int count = Math.min(buffer.capacity() / frameBytes, mono.length - done);
            buffer.clear().limit(count * frameBytes);
            AudioDecoders.readFully(channel, buffer, position);
            if (buffer.limit() < count * frameBytes) {
                throw new AudioException(file, "became shorter while it was read");
            }
            average(buffer, encoding, channels, mono, done, count);
            done += count;
            position += (long) count * frameBytes;
        }
        return limits.checkSamples(file, mono, rate);
    }

    private static void average(
            ByteBuffer buffer, WavEncoding encoding, int channels, float[] mono, int from, int count) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += encoding.sample(buffer, at);
                at += encoding.bytes();
            }
            mono[from + i] = sum / channels;
        }
    }
}
