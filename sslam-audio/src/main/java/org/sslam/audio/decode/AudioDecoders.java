package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The decoder to use: by a file's first bytes, never by its name. */
public final class AudioDecoders {
    private AudioDecoders() {}

    /** Plain WAV by the own reader, everything else by FFmpeg, with {@link DecodeLimits#standard()}. */
    public static AudioDecoder standard() {
        return standard(DecodeLimits.standard());
    }

    /** As {@link #standard()} with other limits. */
    public static AudioDecoder standard(DecodeLimits limits) {
        AudioDecoder ffmpeg = new FfmpegDecoder(limits);
        return file -> {
            Optional<Waveform> wav = readWav(file, limits);
            return wav.isPresent() ? wav.get() : ffmpeg.decode(file);
        };
    }

    /** The sound if the file is WAV in an encoding of the own reader. */
    private static Optional<Waveform> readWav(Path file, DecodeLimits limits) throws AudioException {
        if (Files.isDirectory(file)) {
            throw new AudioException(file, "is a directory, not a sound file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() == 0) {
                throw new AudioException(file, "0 bytes");
            }
            ByteBuffer magic = ByteBuffer.allocate(12);
            readFully(channel, magic, 0);
            if (!WavHeader.isWav(magic)) {
                return Optional.empty();
            }
            WavHeader header = WavHeader.read(file, channel);
            return header.encoding().isPresent()
                    ? Optional.of(WavReader.read(file, channel, header, limits))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            throw new AudioException(file, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new AudioException(file, "cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new AudioException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads until the buffer is full or the file ends, then flips the buffer. */
    static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        into.flip();
    }
}
