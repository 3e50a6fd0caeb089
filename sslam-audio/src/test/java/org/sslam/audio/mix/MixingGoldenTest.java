package org.sslam.audio.mix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;

/** Partial and full mixing of log-mels and waveforms against the reference's numbers. */
class MixingGoldenTest {
    private final Fixture golden = Golden.fixture("sslam", "mixing");
    private final JsonNode config = golden.config();
    private final float tolerance = (float) golden.tolerance("abs", 1e-5);

    private Regions regions(MixExtent extent) {
        int frames = config.get("frames").asInt();
        int patch = config.get("patch").asInt();
        JsonNode starts = config.get("region_starts");
        return extent == MixExtent.FULL
                ? Regions.none(frames, patch)
                : new Regions(
                        frames,
                        config.get("no_mix_region_frames").asInt(),
                        starts.get(0).asInt(),
                        starts.get(1).asInt(),
                        patch);
    }

    @TestFactory
    Stream<DynamicTest> everyMixture() {
        List<String> cases = golden.names().stream()
                .filter(name -> name.startsWith("mixed_"))
                .sorted()
                .toList();
        assertFalse(cases.isEmpty(), "the fixture holds no case");
        return cases.stream()
                .map(name -> dynamicTest(name, () -> {
                    String[] words = name.split("_");
                    MixExtent extent = MixExtent.valueOf(words[1].toUpperCase(Locale.ROOT));
                    MixKind kind = MixKind.valueOf("LOGMEL_" + words[2].toUpperCase(Locale.ROOT));
                    int bins = config.get("mels").asInt();
                    int batch = (int) golden.shape("x")[0];
                    float[] mixed =
                            new PartialMixer(kind, extent).mix(golden.floats("x"), batch, bins, regions(extent));
                    assertArrayEquals(golden.floats(name), mixed, tolerance);
                }));
    }

    @Test
    void mixedColumns() {
        int[] expected = StreamSupport.stream(config.get("mixed_columns").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
        assertArrayEquals(expected, regions(MixExtent.PARTIAL).mixedColumnIndices());
    }

    @Test
    void waveformMean() {
        float[] expected = golden.floats("wave_mean");
        float[] mixed = PartialMixer.mixWaveforms(
                golden.floats("wave_a"), golden.floats("wave_b"), regions(MixExtent.FULL), 160);
        assertEquals(expected.length, mixed.length);
        assertArrayEquals(expected, mixed, tolerance);
    }
}
