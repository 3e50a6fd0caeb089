package org.sslam.audio.decode;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes whatever FFmpeg's libraries recognise (FLAC, Ogg Vorbis, Opus, MP3, AAC, compressed WAV ...), in memory and
 * without any external program. Channels are averaged here in float; the rate stays the file's.
 */
final class FfmpegDecoder {
    private final DecodeLimits limits;

    FfmpegDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    /** The whole sound; a file is opened again by the library, bytes in memory are read from there. */
    Waveform decode(Path file, SoundBytes bytes) throws AudioException {
        try (FfmpegFile source = FfmpegFile.open(file, bytes.inMemory(), limits)) {
            MonoCollector mono = new MonoCollector(file, limits);
            for (AVFrame frame = source.nextFrame(); frame != null; frame = source.nextFrame()) {
                mono.add(frame);
            }
            return mono.finish();
        } catch (LinkageError e) {
            throw noLibraries(file, e);
        }
    }

    /** Opens a sound to be read piece by piece; lets go of what was opened to look at its first bytes. */
    AudioStream open(Path file, SoundBytes bytes) throws AudioException {
        try {
            AudioStream stream = FfmpegStream.open(file, bytes.inMemory(), limits);
            AudioDecoders.closeQuietly(bytes);
            return stream;
        } catch (LinkageError e) {
            throw noLibraries(file, e);
        }
    }

    private static AudioException noLibraries(Path file, LinkageError e) {
        return AudioException.ofSystem(
                file,
                "needs FFmpeg's libraries, which cannot be loaded on this platform (" + e.getMessage()
                        + "); convert the file to WAV",
                e);
    }
}
