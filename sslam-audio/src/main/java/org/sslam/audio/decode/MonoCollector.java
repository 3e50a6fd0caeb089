package org.sslam.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.av_get_packed_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Gathers decoded frames of any sample format, planar or interleaved, as the average of their channels. */
final class MonoCollector {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final Path file;
    private final DecodeLimits limits;
    private float[] mono = new float[FIRST_CAPACITY];
    private float[] plane = new float[0];
    private short[] shorts = new short[0];
    private int size;
    private long taken;
    private int rateHz;

    MonoCollector(Path file, DecodeLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void add(AVFrame frame) throws AudioException {
        int channels = frame.ch_layout().nb_channels();
        int rate = frame.sample_rate();
        limits.checkFormat(file, channels, rate);
        if (rateHz != 0 && rate != rateHz) {
            throw new AudioException(
                    file, "sample rate changes from " + rateHz + " to " + rate + " Hz; split the file");
        }
        rateHz = rate;
        int count = frame.nb_samples();
        limits.checkLength(file, taken + size + count, rate);
        DecodeLimits.checkFits(file, (long) size + count);
        reserve(size + count);
        int format = av_get_packed_sample_fmt(frame.format());
        WavEncoding encoding = encoding(format);
        if (channels == 1) {
            read(frame, 0, count, encoding, mono, size);
        } else if (av_sample_fmt_is_planar(frame.format()) != 0) {
            for (int c = 0; c < channels; c++) {
                read(frame, c, count, encoding, plane(count), 0);
                accumulate(count, 1, c == 0);
            }
        } else {
            read(frame, 0, count * channels, encoding, plane(count * channels), 0);
            accumulate(count, channels, true);
        }
        float scale = 1f / channels;
        for (int i = size; channels > 1 && i < size + count; i++) {
            mono[i] *= scale;
        }
        size += count;
    }

    Waveform finish() throws AudioException {
        return DecodeLimits.checkSamples(file, Arrays.copyOf(mono, size), rateHz);
    }

    /** Samples that are gathered and not yet taken. */
    int size() {
        return size;
    }

    /** The rate of what was added; 0 before that. */
    int rateHz() {
        return rateHz;
    }

    /** Hands the oldest samples over and forgets them; returns how many. */
    int take(float[] into, int offset, int count) throws AudioException {
        int moved = Math.min(count, size);
        System.arraycopy(mono, 0, into, offset, moved);
        try {
            DecodeLimits.checkSamples(into, offset, offset + moved, taken);
        } catch (AudioException e) {
            throw e.at(file);
        }
        System.arraycopy(mono, moved, mono, 0, size - moved);
        size -= moved;
        taken += moved;
        return moved;
    }

    /** FFmpeg's sample formats are those of WAV, in the machine's byte order. */
    private WavEncoding encoding(int packedFormat) throws AudioException {
        return switch (packedFormat) {
            case AV_SAMPLE_FMT_U8 -> WavEncoding.PCM8;
            case AV_SAMPLE_FMT_S16 -> WavEncoding.PCM16;
            case AV_SAMPLE_FMT_S32 -> WavEncoding.PCM32;
            case AV_SAMPLE_FMT_FLT -> WavEncoding.FLOAT32;
            case AV_SAMPLE_FMT_DBL -> WavEncoding.FLOAT64;
            default -> throw new AudioException(file, "unsupported sample format " + packedFormat);
        };
    }

    private float[] plane(int count) {
        plane = plane.length < count ? new float[count] : plane;
        return plane;
    }

    private void read(AVFrame frame, int channel, int count, WavEncoding encoding, float[] into, int offset) {
        ByteBuffer bytes = frame.extended_data(channel)
                .capacity((long) count * encoding.bytes())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        if (encoding == WavEncoding.FLOAT32) {
            bytes.asFloatBuffer().get(into, offset, count);
            return;
        }
        if (encoding == WavEncoding.PCM16) {
            // The format of nearly all FLAC files: fetched as a whole, not sample by sample.
            shorts = shorts.length < count ? new short[count] : shorts;
            bytes.asShortBuffer().get(shorts, 0, count);
            for (int i = 0; i < count; i++) {
                into[offset + i] = shorts[i] / 32768f;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            into[offset + i] = encoding.sample(bytes, i * encoding.bytes());
        }
    }

    private void accumulate(int count, int interleaved, boolean first) {
        for (int i = 0; i < count; i++) {
            float sum = first ? 0f : mono[size + i];
            for (int c = 0; c < interleaved; c++) {
                sum += plane[i * interleaved + c];
            }
            mono[size + i] = sum;
        }
    }

    private void reserve(int needed) {
        if (needed > mono.length) {
            long grown = Math.max(needed, mono.length + (long) mono.length / 2);
            mono = Arrays.copyOf(mono, (int) Math.min(grown, Integer.MAX_VALUE - 8));
        }
    }
}
