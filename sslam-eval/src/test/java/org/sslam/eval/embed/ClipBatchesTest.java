package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.decode.Waveform;
import org.sslam.core.UserException;

class ClipBatchesTest {
    private static final int RATE = TestEncoders.RATE_HZ;

    @TempDir
    private static Path folder;

    private final List<float[]> results = new ArrayList<>();

    private static Embedder embedder() {
        Path encoder = TestEncoders.save(folder.resolve("encoder"), 1);
        return Embedder.load(encoder, EmbedOptions.standard().withThreads(1).withBatchSize(4));
    }

    private static ClipWindows clip(Embedder embedder, float[] samples) {
        return new ClipWindows(() -> AudioStream.of(new Waveform(samples, RATE)), embedder.plan());
    }

    private void add(ClipBatches<float[]> batches, ClipWindows clip) throws AudioException {
        batches.add("clip", clip, new VectorMean(), results::add);
    }

    @Test
    void aClipIsHandedOnWithItsLastWindowInTheOrderOfClips() throws AudioException {
        try (Embedder embedder = embedder()) {
            ClipBatches<float[]> batches = embedder.batches(Pooling.CLS, () -> false);
            add(batches, clip(embedder, TestEncoders.sound(1.9, RATE, 1)));
            assertEquals(0, results.size(), "3 windows wait for a fourth");
            add(batches, clip(embedder, TestEncoders.sound(1.2, RATE, 2)));
            assertEquals(1, results.size());
            batches.flush();
            assertEquals(2, results.size());
            assertArrayEquals(embedder.embed(TestEncoders.sound(1.9, RATE, 1), RATE), results.get(0), 1e-5f);
            assertArrayEquals(embedder.embed(TestEncoders.sound(1.2, RATE, 2), RATE), results.get(1), 1e-5f);
        }
    }

    @Test
    void aClipThatBreaksOffIsForgottenAndTheOthersStay() throws AudioException {
        try (Embedder embedder = embedder()) {
            ClipBatches<float[]> batches = embedder.batches(Pooling.CLS, () -> false);
            float[] broken = TestEncoders.sound(50, RATE, 3);
            broken[40 * RATE] = Float.NaN;
            add(batches, clip(embedder, TestEncoders.sound(0.5, RATE, 1)));
            AudioException refused = assertThrows(AudioException.class, () -> add(batches, clip(embedder, broken)));
            assertTrue(refused.reason().contains("sample " + 40 * RATE + " is not a number"), refused.reason());
            add(batches, clip(embedder, TestEncoders.sound(0.5, RATE, 2)));
            batches.flush();
            assertEquals(2, results.size());
            assertArrayEquals(embedder.embed(TestEncoders.sound(0.5, RATE, 2), RATE), results.get(1), 1e-5f);
        }
    }

    @Test
    void aStopGivesTheClipUp() throws AudioException {
        try (Embedder embedder = embedder()) {
            AtomicInteger asked = new AtomicInteger();
            ClipBatches<float[]> batches = embedder.batches(Pooling.CLS, () -> asked.incrementAndGet() > 10);
            add(batches, clip(embedder, TestEncoders.sound(60, RATE, 3)));
            assertEquals(11, asked.get());
            assertEquals(0, results.size());
        }
    }

    @Test
    void aDecoderThatHangsAfterTheFirstWindowsIsNamedAndLeftAlone() throws AudioException {
        AtomicInteger closed = new AtomicInteger();
        AtomicBoolean hangs = new AtomicBoolean();
        AudioStream sound = AudioStream.of(new Waveform(TestEncoders.sound(300, RATE, 3), RATE));
        AudioStream hanging = new AudioStream() {
            @Override
            public int sampleRateHz() {
                return RATE;
            }

            @Override
            public int read(float[] into, int offset, int count) throws AudioException {
                if (hangs.get()) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return sound.read(into, offset, count);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        try (Embedder embedder = embedder();
                DecodingThreads decoding = new DecodingThreads(Duration.ofMillis(300));
                PreparedClip clip = PreparedClip.of(() -> hanging, embedder.plan())) {
            ClipBatches<float[]> batches = embedder.batches(Pooling.CLS, () -> false, decoding);
            ClipWindows windows = clip.windows();
            hangs.set(true);
            UserException e = assertThrows(
                    UserException.class, () -> batches.add("long.wav", windows, new VectorMean(), results::add));
            assertTrue(e.getMessage().startsWith("decoding long.wav takes longer than 0.3 s"), e.getMessage());
            windows.close();
            assertEquals(0, closed.get(), "the decoder is still at work on it");
        }
    }
}
