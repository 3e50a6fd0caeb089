package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.io.SafetensorsWriter;
import org.sslam.core.io.SafetensorsWriter.Tensor;
import org.sslam.models.zoo.ImportOptions;
import org.sslam.models.zoo.PositionFit;
import org.sslam.models.zoo.WeightImport;
import org.sslam.train.sslam.SslamRunConfig;

/** A published network goes on in stage 2. */
class ImportedStartTest {
    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private TinyRun tiny;
    private Path checkpoint;
    private Path imported;

    @BeforeEach
    void importANetwork() {
        tiny = new TinyRun(folder);
        SslamRunConfig stage1 = tiny.config(folder.resolve("stage1"), "optimizer.maxUpdates=2");
        TinyRun.run(stage1, notices);
        checkpoint = TinyRun.newestCheckpoint(stage1.output());
        List<Tensor> published = new ArrayList<>();
        for (String which : List.of("student", "teacher")) {
            try (SafetensorsFile file = Safetensors.open(checkpoint.resolve(which + ".safetensors"))) {
                file.names()
                        .forEach(name ->
                                published.add(Tensor.of(which + "." + name, file.floats(name), file.shape(name))));
            }
        }
        Path file = folder.resolve("published.safetensors");
        SafetensorsWriter.write(file, Map.of(), published);
        imported = folder.resolve("imported");
        WeightImport.run(
                file,
                imported,
                new ImportOptions(
                        Optional.empty(),
                        false,
                        PositionFit.EXACT,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.of(2),
                        true,
                        false,
                        Map.of(),
                        Optional.empty()));
    }

    private SslamRunConfig stage2() {
        return tiny.config(
                folder.resolve("stage2"),
                "initFrom=" + imported,
                "objective.variant=sslam",
                "objective.topKGlobal=1",
                "optimizer.learningRate=0",
                "optimizer.weightDecay=0",
                "optimizer.maxUpdates=2",
                "ema.startDecay=1",
                "ema.endDecay=1");
    }

    @Test
    void studentAndTeacherBeginWithIt() {
        SslamRunConfig stage2 = stage2();
        TinyRun.run(stage2, notices);
        assertTrue(notices.contains("the weights begin with " + imported), notices.toString());
        Path after = TinyRun.newestCheckpoint(stage2.output());
        for (String which : List.of("student.safetensors", "teacher.safetensors")) {
            try (SafetensorsFile before = Safetensors.open(checkpoint.resolve(which));
                    SafetensorsFile now = Safetensors.open(after.resolve(which))) {
                assertEquals(before.names(), now.names());
                before.names().forEach(name -> assertArrayEquals(before.floats(name), now.floats(name), name));
            }
        }
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Path teacher = imported.resolve("teacher.safetensors");
        byte[] bytes = Files.readAllBytes(teacher);
        bytes[bytes.length - 1] ^= 1;
        Files.write(teacher, bytes);
        UserException refused = assertThrows(UserException.class, () -> TinyRun.run(stage2(), notices));
        assertEquals(
                teacher + " differs from its sum in model.json; it was damaged or exchanged, so import it again",
                refused.getMessage());
    }
}
