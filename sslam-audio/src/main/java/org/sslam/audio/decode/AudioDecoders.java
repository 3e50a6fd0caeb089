package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sslam.audio.shard.DamagedMemberException;
import org.sslam.core.io.IoErrors;

/** The decoder to use: by a file's first bytes, never by its name. */
public final class AudioDecoders {
    private static final Logger LOG = LoggerFactory.getLogger(AudioDecoders.class);

    private AudioDecoders() {}

    /** Plain WAV by the own reader, everything else by FFmpeg, with {@link DecodeLimits#standard()}. */
    public static AudioDecoder standard() {
        return standard(DecodeLimits.standard());
    }

    /** As {@link #standard()} with other limits. */
    public static AudioDecoder standard(DecodeLimits limits) {
        FfmpegDecoder ffmpeg = new FfmpegDecoder(limits);
        return file -> {
            try (SoundBytes bytes = bytes(file)) {
                Optional<WavStream> wav = openWav(file, bytes, limits);
                return wav.isPresent() ? wav.get().readAll() : ffmpeg.decode(file, bytes);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        };
    }

    /**
     * Opens a file to be read piece by piece, with the same decoders.
     *
     * @throws AudioException if the file cannot be read, is no sound file or exceeds a limit
     */
    public static AudioStream open(Path file, DecodeLimits limits) throws AudioException {
        SoundBytes bytes = null;
        AudioStream opened = null;
        try {
            bytes = bytes(file);
            Optional<WavStream> wav = openWav(file, bytes, limits);
            opened = wav.isPresent() ? wav.get() : new FfmpegDecoder(limits).open(file, bytes);
            return opened;
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            if (opened == null && bytes != null) {
                closeQuietly(bytes);
            }
        }
    }

    private static SoundBytes bytes(Path file) throws IOException, AudioException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new AudioException(
                    file, Files.isDirectory(file) ? "is a directory, not a sound file" : "is not a regular file");
        }
        return SoundBytes.open(file);
    }

    /** The sound if the bytes are WAV in an encoding of the own reader. */
    private static Optional<WavStream> openWav(Path file, SoundBytes bytes, DecodeLimits limits)
            throws IOException, AudioException {
        if (bytes.size() == 0) {
            throw new AudioException(file, "0 bytes");
        }
        ByteBuffer magic = ByteBuffer.allocate(12);
        readFully(bytes, magic, 0);
        if (!WavHeader.isWav(magic)) {
            return Optional.empty();
        }
        WavHeader header = WavHeader.read(file, bytes);
        return header.encoding().isPresent()
                ? Optional.of(new WavStream(file, bytes, header, limits))
                : Optional.empty();
    }

    /** What the system's refusal to read means. */
    static AudioException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new AudioException(file, "no such file", e);
        }
        if (e instanceof DamagedMemberException || IoErrors.isNoFile(e)) {
            return new AudioException(file, "cannot be read: " + e.getMessage(), e);
        }
        String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
        return AudioException.ofSystem(file, "cannot be read: " + reason, e);
    }

    /** Nothing was written, so that nothing can be lost by a failure to close. */
    static void closeQuietly(SoundBytes bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            LOG.debug("a file could not be closed after reading", e);
        }
    }

    /** Reads until the buffer is full or the file ends, then flips the buffer. */
    static void readFully(SoundBytes bytes, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = bytes.read(into, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        into.flip();
    }
}
