package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Streams the samples behind a {@link WavHeader} and averages their channels; the file may exceed 2 GiB. */
final class WavStream implements AudioStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final SoundBytes source;
    private final WavEncoding encoding;
    private final int channels;
    private final int rateHz;
    private final int frameBytes;
    private final long dataStart;
    private final long length;
    private final ByteBuffer buffer;
    private long position;

    /**
     * @param source of the samples; closed with this stream
     * @param header with an encoding of ours
     */
    WavStream(Path file, SoundBytes source, WavHeader header, DecodeLimits limits) throws AudioException {
        limits.checkFormat(file, header.channels(), header.sampleRateHz());
        this.file = file;
        this.source = source;
        this.encoding = header.encoding().orElseThrow();
        this.channels = header.channels();
        this.rateHz = (int) header.sampleRateHz();
        this.frameBytes = encoding.bytes() * channels;
        this.dataStart = header.dataStart();
        this.length = header.dataBytes() / frameBytes;
        limits.checkLength(file, length, rateHz);
        this.buffer = ByteBuffer.allocate(Math.max(1, BUFFER_BYTES / frameBytes) * frameBytes)
                .order(header.order());
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    /** The whole sound. */
    Waveform readAll() throws AudioException {
        DecodeLimits.checkFits(file, length);
        float[] mono = new float[(int) length];
        decode(mono, 0, mono.length);
        return DecodeLimits.checkSamples(file, mono, rateHz);
    }

    @Override
    public int read(float[] into, int offset, int count) throws AudioException {
        int read = (int) Math.min(count, length - position);
        long first = position;
        decode(into, offset, read);
        try {
            DecodeLimits.checkSamples(into, offset, offset + read, first);
        } catch (AudioException e) {
            throw e.at(file);
        }
        return read;
    }

    private void decode(float[] into, int offset, int count) throws AudioException {
        for (int done = 0; done < count; ) {
            int piece = Math.min(buffer.capacity() / frameBytes, count - done);
            buffer.clear().limit(piece * frameBytes);
            try {
                AudioDecoders.readFully(source, buffer, dataStart + position * frameBytes);
            } catch (IOException e) {
                throw AudioDecoders.unreadable(file, e);
            }
            if (buffer.limit() < piece * frameBytes) {
                throw new AudioException(file, "became shorter while it was read");
            }
            average(into, offset + done, piece);
            done += piece;
            position += piece;
        }
    }

    private void average(float[] into, int from, int count) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += encoding.sample(buffer, at);
                at += encoding.bytes();
            }
            into[from + i] = sum / channels;
        }
    }

    @Override
    public void close() {
        AudioDecoders.closeQuietly(source);
    }
}
