package org.sslam.eval.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.SafetensorsWriter;

class ScoreFileTest {
    private static final float[][] SCORES = {{1.5f, -2f, -3e30f}, {0f, 3e-30f, 7f}};
    private static final boolean[][] TARGETS = {{true, false, true}, {false, false, true}};

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() {
        Path file = folder.resolve("deep").resolve("scores.safetensors");
        ScoreFile.write(file, new TestScores(List.of("a/ä b.wav", "二.wav"), SCORES, TARGETS));
        TestScores read = ScoreFile.read(file);
        assertEquals(List.of("a/ä b.wav", "二.wav"), read.clips());
        assertArrayEquals(SCORES, read.scoresNC());
        assertArrayEquals(TARGETS, read.targetsNC());
    }

    @Test
    void theLayoutIsThatOfTheDocumentation() {
        Path file = folder.resolve("scores.safetensors");
        ScoreFile.write(file, new TestScores(List.of("x", "yz"), SCORES, TARGETS));
        try (SafetensorsFile tensors = Safetensors.open(file)) {
            assertEquals("scores F32[2, 3]", tensors.info("scores").toString());
            assertEquals("targets U8[2, 3]", tensors.info("targets").toString());
            assertArrayEquals(new long[] {1, 0, 1, 0, 0, 1}, tensors.longs("targets"));
            assertArrayEquals(new long[] {'x', '\n', 'y', 'z'}, tensors.longs("clips"));
            assertEquals("sslam-scores/1", tensors.metadata().get("format"));
        }
    }

    @Test
    void badScoresAreRefused() {
        float[][] nan = {{0, 1, 2}, {0, Float.NaN, 2}};
        UserException refused =
                assertThrows(UserException.class, () -> new TestScores(List.of("a", "b"), nan, TARGETS));
        assertTrue(refused.getMessage().startsWith("the score of test clip 'b' for class 1 is NaN;"));
        float[][] infinite = {{0, 1, Float.NEGATIVE_INFINITY}, {0, 1, 2}};
        refused = assertThrows(UserException.class, () -> new TestScores(List.of("a", "b"), infinite, TARGETS));
        assertTrue(refused.getMessage().startsWith("the score of test clip 'a' for class 2 is -Infinity;"));
        assertThrows(IllegalArgumentException.class, () -> new TestScores(List.of("a", "a"), SCORES, TARGETS));
        assertThrows(IllegalArgumentException.class, () -> new TestScores(List.of("a", "b\n"), SCORES, TARGETS));
        assertThrows(IllegalArgumentException.class, () -> new TestScores(List.of("a"), SCORES, TARGETS));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TestScores(List.of("a", "b"), new float[][] {{1, 2, 3}, {1}}, TARGETS));
        assertThrows(IllegalArgumentException.class, () -> new TestScores(List.of(), new float[0][], new boolean[0][]));
    }

    @Test
    void otherFilesAreNamedInOneLine() throws IOException {
        refused(folder.resolve("none.safetensors"), "no such file");
        refused(folder, "is a folder");
        Path text = folder.resolve("text");
        Files.writeString(text, "no tensors in here");
        refused(text, "not a valid safetensors file");
        Path other = folder.resolve("other.safetensors");
        SafetensorsWriter.write(other, Map.of(), List.of());
        refused(other, "has format ''");
        Map<String, String> format = Map.of("format", ScoreFile.FORMAT);
        SafetensorsWriter.write(other, format, List.of());
        refused(other, "has no tensor 'scores'");
        SafetensorsWriter.write(
                other,
                format,
                List.of(
                        SafetensorsWriter.Tensor.of("scores", new float[2], 1, 2),
                        SafetensorsWriter.Tensor.of("targets", new long[2], 1, 2),
                        SafetensorsWriter.Tensor.of("clips", new long[1], 1)));
        refused(other, "must be N x C, in float32 and uint8");
    }

    @Test
    void aDamagedTargetIsNoTarget() throws IOException {
        Path file = folder.resolve("scores.safetensors");
        ScoreFile.write(file, new TestScores(List.of("x", "y"), SCORES, TARGETS));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 4] = 9;
        Files.write(file, bytes);
        refused(file, "a target is 9");
    }

    private static void refused(Path file, String reason) {
        UserException e = assertThrows(UserException.class, () -> ScoreFile.read(file));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(reason), e.getMessage());
    }
}
