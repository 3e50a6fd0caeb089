package org.sslam.audio.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.pack.PackedSounds;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

/** A packed set as a task: its folds, and the checks that nothing is judged that was trained on. */
class PackedTaskTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    Path folder;

    private Path shards;

    @BeforeEach
    void pack() throws IOException {
        shards = folder.resolve("shards");
        PackedSounds.pack(
                PackedSounds.sounds(folder.resolve("sounds"), 30),
                shards,
                PackedSounds.options(ShardCodec.FLAC, Optional.empty()));
    }

    private TaskClips open(String yaml) {
        return TaskClips.open(Config.parse("test", yaml).bind(SplitConfig.class), notices::add);
    }

    @Test
    void itsFoldsAreLeftOutInTurn() {
        TaskClips task = open("folder: '" + shards + "'\n");
        assertEquals(3, task.splits().size());
        for (Split split : task.splits()) {
            assertEquals(29, split.train().size() + split.eval().size());
        }
    }

    @Test
    void clipsThatWereTrainedOnAreKnown() throws IOException {
        UserException twice =
                assertThrows(UserException.class, () -> open("train: '" + shards + "'\neval: '" + shards + "'\n"));
        assertTrue(twice.getMessage().contains("is also a training clip"), twice.getMessage());

        Split split = open("folder: '" + shards + "'\n").splits().get(0);
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve(TrainingClips.FILE), TrainingClips.text(split));
        TrainingClips.refuse(model, split.eval());
        assertThrows(UserException.class, () -> TrainingClips.refuse(model, ClipSources.open(DataConfig.at(shards))));
    }
}
