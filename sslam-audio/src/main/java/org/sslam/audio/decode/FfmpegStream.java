package org.sslam.audio.decode;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Reads a file of FFmpeg's formats piece by piece: holds no more than a frame that is not yet taken. */
final class FfmpegStream implements AudioStream {
    private final FfmpegFile source;
    private final MonoCollector mono;
    private boolean ended;
    private boolean closed;

    private FfmpegStream(FfmpegFile source, MonoCollector mono) {
        this.source = source;
        this.mono = mono;
    }

    /** Opens a file and decodes its first frame, which alone tells the rate reliably. */
    static FfmpegStream open(Path file, Optional<byte[]> bytes, DecodeLimits limits) throws AudioException {
        FfmpegStream stream = new FfmpegStream(FfmpegFile.open(file, bytes, limits), new MonoCollector(file, limits));
        boolean complete = false;
        try {
            stream.gather(1);
            if (stream.mono.size() == 0) {
                throw new AudioException(file, "0 samples");
            }
            complete = true;
            return stream;
        } finally {
            if (!complete) {
                stream.close();
            }
        }
    }

    @Override
    public int sampleRateHz() {
        return mono.rateHz();
    }

    @Override
    public int read(float[] into, int offset, int count) throws AudioException {
        gather(count);
        return mono.take(into, offset, count);
    }

    private void gather(int count) throws AudioException {
        while (!ended && mono.size() < count) {
            AVFrame frame = source.nextFrame();
            if (frame == null) {
                ended = true;
            } else {
                mono.add(frame);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        if (!closed) {
            closed = true;
            source.close();
        }
    }
}
