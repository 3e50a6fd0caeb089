package org.sslam.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * Mono 16-bit samples as a FLAC file in memory, by FFmpeg's encoder at its standard effort; the bytes are a function of
 * samples and rate.
 *
 * <p>A file is the mark {@code fLaC}, one STREAMINFO block, which the encoder completes at the end, and the frames.
 * Source: RFC 9639, "Free Lossless Audio Codec", section 6.
 */
public final class FlacEncoder {
    private static final byte[] MARK = {'f', 'L', 'a', 'C'};
    private static final int INFO_BYTES = 34;
    /** The last metadata block, of type STREAMINFO. */
    private static final byte LAST_INFO = (byte) 0x80;

    private FlacEncoder() {}

    /**
     * Encodes a sound.
     *
     * @param samples at least one
     * @throws LinkageError if FFmpeg's libraries cannot be loaded on this platform
     */
    public static byte[] encode(short[] samples, int rateHz) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples to encode");
        }
        AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_FLAC);
        if (Pointer.isNull(codec)) {
            throw new IllegalStateException("FFmpeg was built without its FLAC encoder");
        }
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = avutil.av_frame_alloc();
        try {
            context.sample_fmt(AV_SAMPLE_FMT_S16).sample_rate(rateHz).thread_count(1);
            context.time_base().num(1).den(rateHz);
            avutil.av_channel_layout_default(context.ch_layout(), 1);
            check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
            ByteArrayOutputStream frames = new ByteArrayOutputStream(samples.length);
            for (int at = 0; at < samples.length; at += context.frame_size()) {
                int count = Math.min(context.frame_size(), samples.length - at);
                avutil.av_frame_unref(frame);
                frame.nb_samples(count).format(AV_SAMPLE_FMT_S16).sample_rate(rateHz);
                frame.pts(at);
                avutil.av_channel_layout_default(frame.ch_layout(), 1);
                check(avutil.av_frame_get_buffer(frame, 0));
                frame.data(0)
                        .capacity((long) count * Short.BYTES)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asShortBuffer()
                        .put(samples, at, count);
                check(avcodec.avcodec_send_frame(context, frame));
                drain(context, packet, frames);
            }
            check(avcodec.avcodec_send_frame(context, null));
            drain(context, packet, frames);
            return file(context, frames);
        } finally {
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(context);
        }
    }

    private static byte[] file(AVCodecContext context, ByteArrayOutputStream frames) {
        byte[] info = new byte[INFO_BYTES];
        context.extradata().capacity(INFO_BYTES).get(info);
        ByteArrayOutputStream file = new ByteArrayOutputStream(MARK.length + 4 + INFO_BYTES + frames.size());
        file.writeBytes(MARK);
        file.writeBytes(new byte[] {LAST_INFO, 0, 0, INFO_BYTES});
        file.writeBytes(info);
        file.writeBytes(frames.toByteArray());
        return file.toByteArray();
    }

    private static void drain(AVCodecContext context, AVPacket packet, ByteArrayOutputStream frames) {
        while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
            if (packet.size() > 0) {
                byte[] bytes = new byte[packet.size()];
                packet.data().capacity(packet.size()).get(bytes);
                frames.writeBytes(bytes);
            }
            avcodec.av_packet_unref(packet);
        }
    }

    private static void check(int status) {
        if (status < 0) {
            throw new IllegalStateException("FFmpeg's FLAC encoder failed (status " + status + ")");
        }
    }
}
