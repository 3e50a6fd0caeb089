package org.sslam.audio.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sslam.audio.decode.Waveform;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;

/** Audio-MAE's front-end: frames, mel filters, the empty one among them, log-mel, padding, normalisation. */
class AudioMaeFbankGoldenTest {
    /** Near the logarithm's floor the FFT's rounding decides; above, the fixture allows a tenth of its tolerance. */
    private static final double FLOOR_ZONE = -12;

    private static final double ABOVE_FLOOR = 2e-4;

    private final Fixture fixture = Golden.fixture("audiomae", "fbank");
    private final JsonNode c = fixture.config();

    private FrontEndConfig config() {
        LogMel.Options options = LogMel.Options.sslam();
        return new FrontEndConfig(
                FrontEndKind.KALDI,
                c.get("sr").asInt(),
                c.get("mel").asInt(),
                c.get("target_length").asInt(),
                c.get("mean").asDouble(),
                c.get("std").asDouble(),
                LengthPolicy.PAD_OR_CUT,
                1000.0 * c.get("win").asInt() / c.get("sr").asInt(),
                1000.0 * c.get("hop").asInt() / c.get("sr").asInt(),
                options.lowHz(),
                c.get("sr").asDouble() / 2,
                false,
                false,
                AugmentConfig.standard());
    }

    @Test
    void logMelAndModelInput() throws Exception {
        FrontEnd frontEnd = new FrontEnd(config());
        float[] wave = frontEnd.waveform(
                new Waveform(fixture.floats("waveform"), c.get("sr").asInt()));
        float[] mel = frontEnd.rawMel(wave);
        float[] expected = fixture.floats("fbank");
        Near.check(fixture, "fbank", mel);
        for (int i = 0; i < mel.length; i++) {
            if (expected[i] > FLOOR_ZONE) {
                assertEquals(expected[i], mel[i], ABOVE_FLOOR, "cell " + i);
            }
        }
        float[] input = new float[frontEnd.outputSize()];
        frontEnd.melOf(wave, false, null, input, 0);
        Near.check(fixture, "normalised", input);
        if (mel.length < input.length) {
            float padded = (float) (-config().mean() / (2 * config().std()));
            assertEquals(padded, input[input.length - 1], 1e-6, "padding is 0 before normalisation");
        }
    }

    @Test
    void filtersAndTheEmptyOneAmongThem() {
        float[][] bank = LogMel.kaldi(config().logMel()).filterBank();
        float[] flat = new float[bank.length * bank[0].length];
        for (int m = 0; m < bank.length; m++) {
            System.arraycopy(bank[m], 0, flat, m * bank[m].length, bank[m].length);
        }
        assertEquals(c.get("nfft").asInt() / 2 + 1, bank[0].length);
        Near.check(fixture, "mel_banks", flat);
        JsonNode empty = fixture.index().get("values").get("empty_mel_bins");
        int[] found = IntStream.range(0, bank.length)
                .filter(m -> Arrays.equals(bank[m], new float[bank[m].length]))
                .toArray();
        int[] expected = new int[empty.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = empty.get(i).asInt();
        }
        assertArrayEquals(expected, found);
    }

    @Test
    void frames() {
        LogMel mel = LogMel.kaldi(config().logMel());
        for (Map.Entry<String, JsonNode> entry :
                fixture.index().get("values").get("frames_for_samples").properties()) {
            assertEquals(entry.getValue().asInt(), mel.frames(Integer.parseInt(entry.getKey())), entry.getKey());
        }
        assertEquals(0, mel.frames(c.get("win").asInt() - 1));
    }
}
