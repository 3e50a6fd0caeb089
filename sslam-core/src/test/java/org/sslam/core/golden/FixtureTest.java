package org.sslam.core.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.io.SafetensorsWriter;
import org.sslam.core.io.SafetensorsWriter.Tensor;

class FixtureTest {
    @TempDir
    Path folder;

    private String before;

    @BeforeEach
    void useOwnFolder() throws IOException {
        before = System.getProperty(Golden.FOLDER_PROPERTY, "");
        System.setProperty(Golden.FOLDER_PROPERTY, folder.toString());
        Files.createDirectories(folder.resolve("family"));
    }

    @AfterEach
    void restore() {
        System.setProperty(Golden.FOLDER_PROPERTY, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "tensors_file"})
    void readsIndexAndTensors(String key) throws IOException {
        Files.writeString(
                folder.resolve("family/one.json"),
                "{\"" + key + "\": \"one.safetensors\", \"config\": {\"depth\": 3},"
                        + " \"tolerance\": {\"abs\": 1e-4, \"grad_abs\": \"2e-3 * max|grad|\", \"exact\": true}}");
        SafetensorsWriter.write(
                folder.resolve("family/one.safetensors"),
                Map.of(),
                List.of(Tensor.of("b.in", new float[] {1, 2}, 1, 2), Tensor.of("a.in", new long[] {3}, 1)));
        Fixture fixture = Golden.fixture("family", "one");
        assertEquals(3, fixture.config().get("depth").intValue());
        assertEquals(1e-4, fixture.tolerance("abs", 7));
        assertEquals(2e-3, fixture.tolerance("grad_abs", 7));
        assertEquals(7, fixture.tolerance("rel", 7));
        assertEquals(7, fixture.tolerance("exact", 7));
        assertEquals(Set.of("a.in", "b.in"), fixture.names());
        assertEquals(List.of("a", "b"), fixture.prefixes(".in"));
        assertTrue(fixture.has("a.in"));
        assertArrayEquals(new float[] {1, 2}, fixture.floats("b.in"));
        assertArrayEquals(new long[] {1, 2}, fixture.shape("b.in"));
        assertArrayEquals(new long[] {3}, fixture.longs("a.in"));
        AssertionError none = assertThrows(AssertionError.class, () -> fixture.prefixes(".out"));
        assertEquals("family/one has no case: no tensor ends in '.out'", none.getMessage());
    }

    @Test
    void anIndexAloneWillDo() throws IOException {
        Files.writeString(
                folder.resolve("family/two.json"),
                "{\"tensors_file\": null, \"values\": [1], \"cases\": {\"x\": {\"config\": {}}}}");
        Fixture fixture = Golden.fixture("family", "two");
        assertEquals(1, fixture.index().get("values").get(0).intValue());
        assertTrue(fixture.config().isMissingNode());
        assertTrue(fixture.kase("x").has("config"));
        assertThrows(AssertionError.class, () -> fixture.kase("y"));
        assertFalse(fixture.has("a"));
        assertEquals(
                "family/two has no tensors",
                assertThrows(AssertionError.class, () -> fixture.floats("a")).getMessage());
    }

    @Test
    void aGivenFolderIsTheOnlyOne() {
        AssertionError missing = assertThrows(AssertionError.class, () -> Golden.fixture("family", "three"));
        assertEquals(
                "no golden file " + folder.resolve("family/three.json") + " (folder given by sslam.golden)",
                missing.getMessage());
    }

    @Test
    void withoutAFolderTheTestResourcesAreSearched() {
        System.setProperty(Golden.FOLDER_PROPERTY, "");
        AssertionError missing = assertThrows(AssertionError.class, () -> Golden.fixture("family", "three"));
        assertEquals("no golden file /golden/family/three.json among the test resources", missing.getMessage());
    }
}
