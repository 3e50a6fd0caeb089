package org.sslam.eval.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.LogMel;

/** Where windows lie and what fills them, for every policy. */
class ClipWindowsTest {
    private static final int BINS = TestEncoders.BINS;
    private static final int WINDOW = TestEncoders.FRAMES;
    private static final FrontEnd FRONT_END = new FrontEnd(TestEncoders.frontEnd());

    private static WindowPlan plan(ClipFit fit, int hop) {
        return new WindowPlan(
                LogMel.kaldi(TestEncoders.frontEnd().logMel()),
                TestEncoders.frontEnd().normalization(),
                fit,
                WINDOW,
                hop,
                16,
                TestEncoders.MAX_FRAMES,
                false);
    }

    /** Samples that make so many frames. */
    private static float[] wave(int frames) {
        return TestEncoders.sound((400 + 160.0 * (frames - 1)) / 16000, 16000, frames);
    }

    private static List<Window> windows(float[] wave, WindowPlan plan) throws AudioException {
        List<Window> windows = new ArrayList<>();
        try (ClipWindows clip = new ClipWindows(() -> AudioStream.of(new Waveform(wave, 16000)), plan)) {
            for (Optional<Window> next = clip.next(); next.isPresent(); next = clip.next()) {
                windows.add(next.get());
            }
        }
        return windows;
    }

    private static float[] normalised(float[] wave) throws AudioException {
        float[] mel = FRONT_END.rawMel(FRONT_END.waveform(new Waveform(wave, 16000)));
        TestEncoders.frontEnd().normalization().apply(mel, 0, mel.length);
        return mel;
    }

    private static void assertFrames(float[] whole, int from, int to, Window window) {
        assertArrayEquals(
                Arrays.copyOfRange(whole, from * BINS, to * BINS), Arrays.copyOf(window.melTF(), (to - from) * BINS));
        float padding = TestEncoders.frontEnd().normalization().apply(0f);
        for (int i = (to - from) * BINS; i < window.melTF().length; i++) {
            assertEquals(padding, window.melTF()[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"40", "64", "200"})
    void padIsTheFrontEndsOwnInput(int frames) throws AudioException {
        float[] wave = wave(frames);
        float[] expected = new float[FRONT_END.outputSize()];
        FRONT_END.melOf(FRONT_END.waveform(new Waveform(wave, 16000)), false, null, expected, 0);
        List<Window> windows = windows(wave, plan(ClipFit.PAD, WINDOW));
        assertEquals(1, windows.size());
        assertArrayEquals(expected, windows.get(0).melTF());
        assertEquals((Math.min(frames, WINDOW) + 15) / 16, windows.get(0).steps());
    }

    @Test
    void repeatGoesRoundAndKeepsTheBeginning() throws AudioException {
        float[] whole = normalised(wave(40));
        Window window = windows(wave(40), plan(ClipFit.REPEAT, WINDOW)).get(0);
        for (int i = 0; i < window.melTF().length; i++) {
            assertEquals(whole[i % whole.length], window.melTF()[i]);
        }
        assertFrames(
                normalised(wave(100)),
                0,
                64,
                windows(wave(100), plan(ClipFit.REPEAT, WINDOW)).get(0));
    }

    @Test
    void cropTakesTheMiddle() throws AudioException {
        assertFrames(
                normalised(wave(101)),
                18,
                82,
                windows(wave(101), plan(ClipFit.CROP, WINDOW)).get(0));
        assertFrames(
                normalised(wave(50)),
                0,
                50,
                windows(wave(50), plan(ClipFit.CROP, WINDOW)).get(0));
        try (ClipWindows clip =
                new ClipWindows(() -> AudioStream.of(new Waveform(wave(101), 16000)), plan(ClipFit.CROP, WINDOW))) {
            clip.next();
            assertEquals(0.18, clip.startSeconds(), 1e-12);
            assertEquals(0.64, clip.heardSeconds(), 1e-12);
        }
    }

    @Test
    void wholeFillsUpToWholePatchesAndRefusesWhatIsTooLong() throws AudioException {
        List<Window> windows = windows(wave(100), plan(ClipFit.WHOLE, WINDOW));
        assertEquals(112, windows.get(0).frames());
        assertFrames(normalised(wave(100)), 0, 100, windows.get(0));
        assertEquals(128, windows(wave(128), plan(ClipFit.WHOLE, WINDOW)).get(0).frames());
        AudioException refused =
                assertThrows(AudioException.class, () -> windows(wave(129), plan(ClipFit.WHOLE, WINDOW)));
        assertEquals("longer than the 1.3 s that the encoder takes in one piece; use slide", refused.reason());
    }

    @ParameterizedTest
    @CsvSource({
        // frames, hop, beginnings of the windows
        "40, 64, 0",
        "64, 64, 0",
        "65, 64, 0 16",
        "128, 64, 0 64",
        "130, 64, 0 64 80",
        "200, 64, 0 64 128 144",
        "96, 32, 0 32",
        "97, 32, 0 32 48",
        "64, 16, 0",
        "112, 48, 0 48"
    })
    void slideCoversEveryFrame(int frames, int hop, String beginnings) throws AudioException {
        float[] whole = normalised(wave(frames));
        List<Window> windows = windows(wave(frames), plan(ClipFit.SLIDE, hop));
        String found = String.join(
                " ",
                windows.stream().map(w -> String.valueOf(w.firstStep() * 16)).toList());
        assertEquals(beginnings, found);
        for (Window window : windows) {
            int from = window.firstStep() * 16;
            assertFrames(whole, from, Math.min(frames, from + WINDOW), window);
        }
        Window last = windows.get(windows.size() - 1);
        assertEquals((frames + 15) / 16, last.firstStep() + last.steps());
    }

    @Test
    void prefetchedWindowsAreTheSame() throws AudioException {
        List<Window> plain = windows(wave(300), plan(ClipFit.SLIDE, 32));
        try (ClipWindows clip =
                new ClipWindows(() -> AudioStream.of(new Waveform(wave(300), 16000)), plan(ClipFit.SLIDE, 32))) {
            clip.prefetch(3);
            for (Window expected : plain) {
                assertArrayEquals(expected.melTF(), clip.next().orElseThrow().melTF());
            }
            assertTrue(clip.next().isEmpty());
        }
    }

    /** However long the sound is, it is never read more than a minute ahead of the window at hand. */
    @Test
    void aLongSoundIsReadWindowByWindow() throws AudioException {
        int rateHz = 8000;
        long total = 600L * rateHz;
        long[] read = {0};
        AudioStream endless = new AudioStream() {
            @Override
            public int sampleRateHz() {
                return rateHz;
            }

            @Override
            public int read(float[] into, int offset, int count) {
                int got = (int) Math.min(count, total - read[0]);
                for (int i = 0; i < got; i++) {
                    into[offset + i] = ((read[0] + i) % 97) / 97f - 0.5f;
                }
                read[0] += got;
                return got;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        int windows = 0;
        try (ClipWindows clip = new ClipWindows(() -> endless, plan(ClipFit.SLIDE, WINDOW))) {
            for (Optional<Window> next = clip.next(); next.isPresent(); next = clip.next()) {
                double heard = clip.heardSeconds();
                assertTrue((double) read[0] / rateHz - heard < 60, "read ahead of " + heard + " s");
                windows++;
            }
            assertEquals(600, clip.heardSeconds(), 0.03);
        }
        assertEquals((59998 + WINDOW - 1) / WINDOW, windows);
    }
}
