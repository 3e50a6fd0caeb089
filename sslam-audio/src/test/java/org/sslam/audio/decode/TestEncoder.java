package org.sslam.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Encodes test signals with FFmpeg's libraries, so that no binary files need to be kept. */
final class TestEncoder {
    private TestEncoder() {}

    static boolean has(String encoder) {
        return avcodec.avcodec_find_encoder_by_name(encoder) != null;
    }

    /** Writes {@code wave} to every channel of a new file; the name's ending chooses the container. */
    static Path encode(float[] wave, int rateHz, int channels, String encoder, String container, Path file) {
        AVFormatContext format = new AVFormatContext(null);
        ok(avformat.avformat_alloc_output_context2(format, null, container, file.toString()));
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = avutil.av_frame_alloc();
        try {
            int sampleFormat = sampleFormat(encoder);
            context.sample_fmt(sampleFormat).sample_rate(rateHz).bit_rate(96000);
            context.strict_std_compliance(avcodec.FF_COMPLIANCE_EXPERIMENTAL);
            context.time_base().num(1).den(rateHz);
            avutil.av_channel_layout_default(context.ch_layout(), channels);
            if ((format.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
                context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
            }
            ok(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
            AVStream stream = avformat.avformat_new_stream(format, null);
            ok(avcodec.avcodec_parameters_from_context(stream.codecpar(), context));
            stream.time_base().num(1).den(rateHz);
            AVIOContext io = new AVIOContext(null);
            ok(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
            format.pb(io);
            ok(avformat.avformat_write_header(format, (AVDictionary) null));
            int step = context.frame_size() > 0 ? context.frame_size() : 1024;
            for (int at = 0; at < wave.length; at += step) {
                int count = Math.min(step, wave.length - at);
                avutil.av_frame_unref(frame);
                frame.nb_samples(count).format(sampleFormat).sample_rate(rateHz).pts(at);
                avutil.av_channel_layout_default(frame.ch_layout(), channels);
                ok(avutil.av_frame_get_buffer(frame, 0));
                fill(frame, sampleFormat, channels, wave, at, count);
                ok(avcodec.avcodec_send_frame(context, frame));
                drain(context, packet, stream, format);
            }
            ok(avcodec.avcodec_send_frame(context, null));
            drain(context, packet, stream, format);
            ok(avformat.av_write_trailer(format));
            ok(avformat.avio_closep(new PointerPointer<AVIOContext>(1).put(io)));
        } finally {
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(context);
            avformat.avformat_free_context(format);
        }
        return file;
    }

    private static int sampleFormat(String encoder) {
        return switch (encoder) {
            case "flac", "adpcm_ms", "pcm_mulaw" -> AV_SAMPLE_FMT_S16;
            case "libopus" -> AV_SAMPLE_FMT_FLT;
            default -> encoder.equals("adpcm_ima_wav") ? avutil.AV_SAMPLE_FMT_S16P : AV_SAMPLE_FMT_FLTP;
        };
    }

    private static void fill(AVFrame frame, int sampleFormat, int channels, float[] wave, int from, int count) {
        boolean planar = avutil.av_sample_fmt_is_planar(sampleFormat) != 0;
        int bytes = avutil.av_get_bytes_per_sample(sampleFormat);
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                BytePointer plane = frame.data(planar ? c : 0);
                long at = (long) (planar ? i : i * channels + c) * bytes;
                if (bytes == 2) {
                    plane.putShort(at, (short) Math.round(wave[from + i] * 32767));
                } else {
                    plane.putFloat(at, wave[from + i]);
                }
            }
        }
    }

    private static void drain(AVCodecContext context, AVPacket packet, AVStream stream, AVFormatContext format) {
        while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
            avcodec.av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            ok(avformat.av_interleaved_write_frame(format, packet));
        }
    }

    private static void ok(int status) {
        if (status < 0) {
            throw new IllegalStateException("FFmpeg status " + status);
        }
    }
}
