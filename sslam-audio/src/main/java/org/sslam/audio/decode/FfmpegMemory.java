package org.sslam.audio.decode;

import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Bytes in memory as the library's input: its buffer is filled with all of them at once, so that it never asks for more.
 * For one thread.
 */
final class FfmpegMemory implements AutoCloseable {
    private final AVIOContext io;
    private final AVFormatContext container;

    FfmpegMemory(byte[] bytes) {
        BytePointer buffer = new BytePointer(FfmpegFile.require(av_malloc(Math.max(1, bytes.length))));
        buffer.capacity(bytes.length).put(bytes);
        io = FfmpegFile.require(avio_alloc_context(
                buffer,
                bytes.length,
                0,
                null,
                (Read_packet_Pointer_BytePointer_int) null,
                (Write_packet_Pointer_BytePointer_int) null,
                (Seek_Pointer_long_int) null));
        container = FfmpegFile.require(avformat_alloc_context());
        container.pb(io);
    }

    /** A container that reads from here; the library frees it, on a failure to open it too. */
    AVFormatContext container() {
        return container;
    }

    /** Frees the buffer, which may be another than at first; comes after the container is closed. */
    @Override
    public void close() {
        av_free(new Pointer(io.buffer()));
        avio_context_free(io);
    }
}
