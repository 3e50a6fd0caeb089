package org.sslam.audio.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.Waveform;

/** Small sources and a decoder of made-up files, so that tests of data and loading need no real sound format. */
public final class TestSounds {
    private TestSounds() {}

    /**
     * A decoder of text files: {@code rate samples seed} gives noise, {@code rate samples silent} zeros and anything
     * else is broken.
     */
    public static AudioDecoder decoder() {
        return file -> {
            String[] words;
            try {
                words = Files.readString(file).strip().split(" ");
            } catch (IOException e) {
                throw new AudioException(file, "no such file", e);
            }
            if (words.length != 3) {
                throw new AudioException(file, "not a sound");
            }
            return wave(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2]);
        };
    }

    /** The same, but for a file of one name that it never comes back from until its thread is interrupted. */
    public static AudioDecoder hangingAt(String name) {
        return file -> {
            if (file.getFileName().toString().equals(name)) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return decoder().decode(file);
        };
    }

    private static Waveform wave(int rateHz, int count, String kind) {
        float[] samples = new float[count];
        if (!kind.equals("silent")) {
            long state = Long.parseLong(kind) * 2654435761L + 12345;
            for (int i = 0; i < count; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                samples[i] = (state >> 40) / (float) (1 << 24);
            }
        }
        return new Waveform(samples, rateHz);
    }

    /** A source of {@code count} noise clips of 16 kHz; those whose index is in {@code broken} cannot be decoded. */
    public static ClipSource source(Path folder, int count, int samples, Set<Integer> broken) throws IOException {
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("clip" + i + ".txt");
            Files.writeString(file, broken.contains(i) ? "broken" : "16000 " + samples + " " + (i + 1));
            clips.add(
                    new Clip("clip" + i, file, i % 3 == 0 ? Set.of("a", "b") : Set.of("c"), OptionalInt.of(i % 4 + 1)));
        }
        return ClipSources.of("test clips", clips);
    }
}
