package org.sslam.audio.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;

class DataConfigTest {
    @TempDir
    Path folder;

    @Test
    void defaultsAreThoseOfTheCode() {
        assertEquals(
                DataConfig.at(Path.of("clips")),
                Config.parse("test", "path: clips").bind(DataConfig.class));
        assertEquals(SoundscapeSpec.standard(), Config.parse("test", "{}").bind(SoundscapeSpec.class));
    }

    @Test
    void everyKeyIsRead() {
        String yaml = "{format: tsv, path: a.tsv, root: r, labels: a.lbl, descriptors: d.csv, labelFromFolder: false,"
                + " folds: [1, 3], limit: 5}";
        DataConfig config = Config.parse("test", yaml).bind(DataConfig.class);
        assertEquals(DataFormat.TSV, config.format());
        assertEquals(Optional.of(Path.of("r")), config.root());
        assertEquals(Optional.of(Path.of("a.lbl")), config.labels());
        assertEquals(Optional.of(Path.of("d.csv")), config.descriptors());
        assertEquals(List.of(1, 3), config.folds());
        assertEquals(5, config.limit());
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        String message = assertThrows(UserException.class, () -> Config.parse("run.yaml", "path: x\nlimit: -1\n")
                        .bind(DataConfig.class))
                .getMessage();
        assertTrue(message.contains("run.yaml") && message.contains("limit must be at least 0, not -1"), message);
    }

    @Test
    void labelFileAndDescriptorsOfATsvAreUsed() throws IOException {
        Path tsv = Files.writeString(folder.resolve("a.tsv"), "/elsewhere\nx.wav\t16000\n");
        Path lbl = Files.writeString(folder.resolve("other.lbl"), "x\tb\n");
        Path descriptors = Files.writeString(folder.resolve("d.csv"), "0,z,Z\n1,b,B\n");
        DataConfig config = new DataConfig(
                DataFormat.AUTO,
                tsv,
                Optional.of(folder),
                Optional.of(lbl),
                Optional.of(descriptors),
                true,
                List.of(),
                0,
                0.01,
                0,
                4,
                0,
                LogMelSource.COMPUTED);
        ClipSource source = ClipSources.open(config);
        assertEquals(folder.resolve("x.wav"), source.clip(0).path());
        assertEquals(
                1,
                ClipSources.labels(config, source)
                        .index(source.clip(0).labels().iterator().next()));
        String message = assertThrows(UserException.class, () -> ClipSources.open(config.withFormat(DataFormat.FOLDER)))
                .getMessage();
        assertTrue(message.contains("data.labels is for tsv manifests only"), message);
    }
}
