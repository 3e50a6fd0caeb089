package org.sslam.models.mwmae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.golden.Golden;
import org.sslam.models.vit.PatchGrid;

/** The window rule and the patch grids of the paper. */
class WindowsGoldenTest {
    private final JsonNode values = Golden.fixture("mwmae", "windows").index().get("values");

    @TestFactory
    Stream<DynamicTest> everyNumberOfPatches() {
        List<String> numbers = values.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .filter(key -> key.matches("\\d+"))
                .toList();
        assertTrue(numbers.size() > 0);
        return numbers.stream().map(n -> DynamicTest.dynamicTest(n, () -> rule(Integer.parseInt(n), values.get(n))));
    }

    private static void rule(int tokens, JsonNode expected) {
        List<Integer> windows = Windows.byRule(tokens);
        assertEquals(
                MwmaeFixtures.windows(expected.get("windows")),
                windows.stream().map(w -> w == Windows.GLOBAL ? tokens : w).toList());
        assertEquals(expected.get("heads").asInt(), windows.size());
        assertEquals(windows, Windows.ofList(MwmaeFixtures.windows(expected.get("windows")), tokens));
    }

    @Test
    void patchGrids() {
        assertTrue(values.get("patch_sizes").size() > 0);
        int frames = side(values.get("patch_sizes").get(0), 0);
        int bins = side(values.get("patch_sizes").get(0), 1);
        for (JsonNode size : values.get("patch_sizes")) {
            PatchGrid grid = PatchGrid.ofRectangles(
                    frames,
                    bins,
                    size.get("patch").get(0).asInt(),
                    size.get("patch").get(1).asInt());
            assertEquals(
                    new PatchGrid(
                            size.get("grid").get(0).asInt(),
                            size.get("grid").get(1).asInt()),
                    grid);
            assertEquals(size.get("n").asInt(), grid.tokens());
        }
    }

    /** Of the spectrogram, which patches fill. */
    private static int side(JsonNode size, int axis) {
        return size.get("patch").get(axis).asInt() * size.get("grid").get(axis).asInt();
    }
}
