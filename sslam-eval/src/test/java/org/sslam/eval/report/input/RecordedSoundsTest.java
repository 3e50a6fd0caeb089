package org.sslam.eval.report.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.synth.SoundscapeSpec;
import org.sslam.audio.synth.SoundscapeWriter;
import org.sslam.core.UserException;

class RecordedSoundsTest {
    @TempDir
    private Path folder;

    private Path labels;

    @BeforeEach
    void writeSounds() {
        SoundscapeSpec spec = SoundscapeSpec.standard().withDurationSeconds(0.5).withEvents(1, 1, 1);
        labels = SoundscapeWriter.write(folder.resolve("sounds"), spec, 1, 6, ProgressListener.NONE)
                .labels();
    }

    private int clips(String config) {
        return RecordedSounds.of("test", config)
                .map(sounds -> sounds.clips().size())
                .orElse(0);
    }

    @Test
    void everyWayOfNamingTheClipsIsFound() throws IOException {
        assertEquals(6, clips("data: {path: '" + labels + "'}"));
        assertEquals(2, clips("data: {path: '" + labels + "', limit: 2}"));
        assertEquals(6, clips("data: {list: '" + labels + "'}"));
        assertEquals(6, clips("data: {train: nowhere, eval: '" + labels + "'}"));
        assertEquals(6, clips("data: {folder: '" + folder.resolve("sounds/audio") + "'}"));
        Path prepared = folder.resolve("prepared");
        Files.createDirectories(prepared);
        Files.writeString(
                prepared.resolve("eval.csv"),
                "path,labels\n" + folder.resolve("sounds/audio/soundscape-000001.wav") + ",x\n");
        assertEquals(1, clips("data: {folder: '" + prepared + "'}"));
        assertEquals(6, clips("data: {folder: '" + folder.resolve("sounds") + "'}"), "labels.csv");
        Path folded = folder.resolve("folded");
        Files.createDirectories(folded);
        Files.writeString(folded.resolve("task.json"), "{}");
        Files.writeString(
                folded.resolve("train.csv"),
                "path,labels,fold\nsoundscape-000001.wav,x,1\nsoundscape-000002.wav,x,2\n");
        String root = "root: '" + folder.resolve("sounds/audio") + "'";
        assertEquals(2, clips("data: {folder: '" + folded + "', " + root + "}"));
        assertEquals(1, clips("data: {folder: '" + folded + "', " + root + ", folds: [2]}"));
    }

    @Test
    void whatIsNotHereIsNotShown() {
        assertEquals(0, clips("seed: 1"));
        assertEquals(0, clips("data: {folds: [1]}"));
        assertEquals(0, clips("data: {path: " + folder.resolve("gone") + "}"));
    }

    @Test
    void theRecordedEncoderIsFoundInItsRun() throws IOException {
        Path run = folder.resolve("run");
        Files.createDirectories(run.resolve("encoder"));
        String config = "encoder: '" + run + "'";
        assertTrue(RecordedSounds.encoder("test", config).isEmpty());
        Files.writeString(run.resolve("encoder/model.json"), "{}");
        assertEquals(
                run.resolve("encoder"), RecordedSounds.encoder("test", config).orElseThrow());
        assertEquals(
                run.resolve("encoder"),
                RecordedSounds.encoder("test", "encoder: '" + run.resolve("encoder") + "'")
                        .orElseThrow());
        assertTrue(RecordedSounds.encoder("test", "encoder: random").isEmpty());
    }

    @Test
    void theFrontEndIsTheRecordedOne() {
        String config = "data: {path: '" + labels + "'}\nfrontEnd: {frames: 64, melBins: 40}";
        RecordedSounds sounds = RecordedSounds.of("test", config).orElseThrow();
        assertEquals(64, sounds.frontEnd().frames());
        assertEquals(40, sounds.frontEnd().melBins());
        String task = "data: {list: '" + labels + "'}\nfrontEnd: {frames: 96, melBins: null, ownNormalization: false}";
        assertEquals(
                128, RecordedSounds.of("test", task).orElseThrow().frontEnd().melBins());
        String wrong = "data: {list: '" + labels + "'}\nfrontEnd: {frames: many}";
        assertThrows(UserException.class, () -> RecordedSounds.of("test", wrong));
        assertEquals(
                1024, RecordedSounds.at(labels, "test", "task: t").frontEnd().frames());
        assertTrue(sounds.clips().description().contains("labels.csv"));
    }
}
