package org.sslam.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The best audio stream of one open file, frame by frame. Owns all native memory and frees it in {@link #close}; used
 * by one thread.
 *
 * <p>Only local files are opened and only sound containers, so that a crafted file (a playlist, say) cannot make the
 * library read other files or the network.
 */
final class FfmpegFile implements AutoCloseable {
    private static final String CONTAINERS =
            "flac,ogg,mp3,mov,aac,wav,w64,rf64,aiff,au,caf,matroska,asf,amr,ac3,wv,tta,ape";
    /**
     * Numbers by which systems refuse to open a file: no such device, too many open files, and that a network disk is gone.
     * Not those of failed reading and of missing permission, which demuxers also use for files that end too early or are
     * damaged; permission is asked before a demuxer sees the file.
     */
    private static final Set<Integer> REFUSALS = Set.of(19, 23, 24, 107, 110, 112, 116);

    /** Damaged packets tolerated: one, and this share of all (a cut first MP3 frame is normal). */
    private static final double TOLERATED_DAMAGE = 0.05;
    /** A stated duration may be a guess from the bit rate; only one this far over the limit is refused unread. */
    private static final int DURATION_MARGIN = 2;

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private final Path file;
    private final Optional<FfmpegMemory> memory;
    private final AVFormatContext container;
    private AVCodecContext decoder;
    private AVPacket packet;
    private AVFrame frame;
    private int stream;
    private long packets;
    private long damaged;
    private boolean drained;

    private FfmpegFile(Path file, Optional<byte[]> bytes) {
        this.file = file;
        this.memory = bytes.map(FfmpegMemory::new);
        this.container = memory.map(FfmpegMemory::container).orElseGet(() -> new AVFormatContext(null));
    }

    /**
     * @param file to open, and to name in messages
     * @param bytes its content, where that is in memory; the file is then not touched
     */
    static FfmpegFile open(Path file, Optional<byte[]> bytes, DecodeLimits limits) throws AudioException {
        FfmpegFile opened = new FfmpegFile(file, bytes);
        boolean complete = false;
        try {
            opened.openContainer();
            opened.openDecoder(limits);
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    private void openContainer() throws AudioException {
        byte[] url = ("file:" + file.toAbsolutePath() + '\0').getBytes(StandardCharsets.UTF_8);
        AVDictionary options = new AVDictionary(null);
        try (BytePointer name = new BytePointer(url)) {
            av_dict_set(options, "protocol_whitelist", "file", 0);
            av_dict_set(options, "format_whitelist", CONTAINERS, 0);
            int status = avformat_open_input(container, name, null, options);
            if (REFUSALS.contains(-status)) {
                throw cannotBeRead(status);
            }
            if (status < 0) {
                throw new AudioException(file, "no known sound format (" + reason(status) + ")");
            }
        } finally {
            av_dict_free(options);
        }
        if (!isKnownFlac()) {
            check(avformat_find_stream_info(container, (AVDictionary) null), "its streams cannot be read");
        }
        stream = av_find_best_stream(container, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
        check(stream, "holds no sound");
        for (int i = 0; i < container.nb_streams(); i++) {
            if (i != stream) {
                container.streams(i).discard(avcodec.AVDISCARD_ALL);
            }
        }
    }

    /** FLAC's header says all; looking for more would decode the first seconds twice. */
    private boolean isKnownFlac() {
        if (container.nb_streams() != 1) {
            return false;
        }
        AVCodecParameters parameters = container.streams(0).codecpar();
        return parameters.codec_id() == avcodec.AV_CODEC_ID_FLAC
                && parameters.sample_rate() > 0
                && parameters.ch_layout().nb_channels() > 0;
    }

    private void openDecoder(DecodeLimits limits) throws AudioException {
        AVCodecParameters parameters = container.streams(stream).codecpar();
        int rate = parameters.sample_rate();
        limits.checkFormat(file, parameters.ch_layout().nb_channels(), rate);
        limits.checkLength(file, (long) (statedSeconds() / DURATION_MARGIN * rate), rate);
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (Pointer.isNull(codec)) {
            throw new AudioException(file, "no decoder for its codec");
        }
        decoder = require(avcodec_alloc_context3(codec));
        check(avcodec_parameters_to_context(decoder, parameters), "its codec parameters are invalid");
        decoder.thread_count(1);
        decoder.pkt_timebase(container.streams(stream).time_base());
        check(avcodec_open2(decoder, codec, (AVDictionary) null), "its decoder cannot be opened");
        packet = require(av_packet_alloc());
        frame = require(av_frame_alloc());
    }

    /** Negative where nothing is said. */
    private double statedSeconds() {
        AVStream sound = container.streams(stream);
        return container.duration() >= 0
                ? (double) container.duration() / AV_TIME_BASE
                : sound.duration() * av_q2d(sound.time_base());
    }

    /** The next decoded frame, valid until the next call; null at the end of the stream. */
    AVFrame nextFrame() throws AudioException {
        while (true) {
            int status = avcodec_receive_frame(decoder, frame);
            if (status >= 0) {
                return frame;
            }
            if (status == AVERROR_EOF) {
                checkDamage();
                return null;
            }
            if (status != AVERROR_EAGAIN()) {
                damaged++;
            }
            if (drained) {
                checkDamage();
                return null;
            }
            sendPacket();
        }
    }

    private void sendPacket() throws AudioException {
        int status;
        while ((status = av_read_frame(container, packet)) >= 0) {
            try {
                if (packet.stream_index() == stream) {
                    packets++;
                    if (avcodec_send_packet(decoder, packet) < 0) {
                        damaged++;
                    }
                    return;
                }
            } finally {
                av_packet_unref(packet);
            }
        }
        requireReadable();
        if (status != AVERROR_EOF) {
            damaged++;
        }
        drained = true;
        check(avcodec_send_packet(decoder, null), "its last samples cannot be decoded");
    }

    private void checkDamage() throws AudioException {
        if (damaged > 1 + TOLERATED_DAMAGE * packets) {
            throw new AudioException(file, "damaged: " + damaged + " of " + packets + " packets cannot be decoded");
        }
    }

    /** A disk that fails in the middle looks like the end of the sound otherwise. */
    private void requireReadable() throws AudioException {
        AVIOContext input = container.isNull() ? null : container.pb();
        if (!Pointer.isNull(input) && input.error() < 0) {
            throw cannotBeRead(input.error());
        }
    }

    private AudioException cannotBeRead(int status) {
        return AudioException.ofSystem(file, "cannot be read: " + reason(status), null);
    }

    private void check(int status, String what) throws AudioException {
        if (status < 0) {
            requireReadable();
            throw new AudioException(file, what + " (" + reason(status) + ")");
        }
    }

    static <T extends Pointer> T require(T pointer) {
        if (Pointer.isNull(pointer)) {
            throw new OutOfMemoryError("FFmpeg could not allocate");
        }
        return pointer;
    }

    private static String reason(int status) {
        byte[] text = new byte[128];
        av_strerror(status, text, text.length);
        return new String(text, StandardCharsets.UTF_8).trim();
    }

    @Override
    public void close() {
        if (frame != null) {
            av_frame_free(frame);
        }
        if (packet != null) {
            av_packet_free(packet);
        }
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
        if (!container.isNull()) {
            avformat_close_input(container);
        }
        memory.ifPresent(FfmpegMemory::close);
    }
}
